"""Where cases come from: data sets of others, by a path, and small cases in TOML files."""

from dataclasses import dataclass
from pathlib import Path

from bot.core.errors import ConfigError

_BESIDE_THE_PACKAGE = Path(__file__).parents[2] / "tests" / "evals"


@dataclass(frozen=True, slots=True)
class Sources:
    """`data` holds one folder a data set, `own` the TOML files (default: those of a checkout)."""

    data: Path | None = None
    own: Path | None = None

    def data_set(self, name: str) -> Path:
        """The folder of a data set. Raises ConfigError where it is not there."""
        if self.data is None:
            raise ConfigError(
                f"This suite needs the data set {name}: set data under [eval], or "
                "MOOT_EVAL__DATA, to the folder that holds it."
            )
        if not (self.data / name).is_dir():
            raise ConfigError(f"There is no data set {name} in {self.data}, see data under [eval].")
        return self.data / name

    def own_files(self) -> list[Path]:
        """The files with small cases, by name. Raises ConfigError where their folder is missing."""
        if self.own is not None and not self.own.is_dir():
            raise ConfigError(f"The folder {self.own} is not there; see cases under [eval].")
        return sorted((self.own or _BESIDE_THE_PACKAGE).glob("*.toml"))
