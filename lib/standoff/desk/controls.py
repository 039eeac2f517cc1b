"""The controls of the parameters: one for each setting, with what is wrong with it beside it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

import ipywidgets as w

from standoff.desk.parameters import PARAMETERS, UNITS, Parameter, about, choices, problem_with, radius_of
from standoff.maps.escape import html_text
from standoff.model import ReadingRecord
from standoff.settings import Settings

_WIDE = {"description_width": "118px"}


class Control:
    """A setting with its widget, and a line for what is wrong with it.

    Parameters
    ----------
    parameter : Parameter
    settings : Settings
    told : callable
        Called with the control when somebody changes it.
    """

    def __init__(self, parameter: Parameter, settings: Settings, told: Callable[[Control], None]) -> None:
        self.name, self.parameter = parameter.name, parameter
        self.told = told
        self.quiet = False
        self.problem = w.HTML(layout=w.Layout(display="none"))
        self.problem.add_class("sdw-problem")
        self.inputs = self._inputs(parameter, getattr(settings, parameter.name))
        for each in self.inputs:
            each.observe(self._changed, names="value")
        self.box = w.VBox([self._row(), self.problem])
        self.box.add_class("sdw-control")

    def _inputs(self, parameter: Parameter, value: Any) -> list[Any]:
        words = {"description": parameter.label, "tooltip": about(parameter.name), "style": _WIDE}
        if parameter.kind == "yes or no":
            return [w.Checkbox(value=value, indent=False, layout=w.Layout(width="auto"), **words)]
        if parameter.kind == "choice":
            options = choices(parameter.name)
            if value not in [own for _, own in options]:
                options = [*options, (str(value), value)]
            return [w.Dropdown(options=options, value=value, layout=w.Layout(width="auto"), **words)]
        if parameter.kind == "share":
            field = w.BoundedFloatText(
                value=value, min=0.01, max=1, step=0.05, layout=w.Layout(width="auto"), **words
            )
            return [field]
        unset = _unset(parameter.name)
        field = w.Text(value=value or "", placeholder=unset, continuous_update=False, **words)
        field.layout.width = "auto"
        return [field]

    def _row(self) -> Any:
        return self.inputs[0]

    def _changed(self, _: object) -> None:
        if not self.quiet:
            self.told(self)

    @property
    def value(self) -> Any:
        """What is set; None for an empty field that may be."""
        value = self.inputs[0].value
        if self.parameter.kind in ("text", "length"):
            default = Settings.model_fields[self.name].default
            return value.strip() or default
        return value

    def check(self) -> bool:
        """Say whether what is set can be; what is wrong stands beside it."""
        problem = problem_with(self.name, self.value)
        self.blame(problem)
        return problem is None

    def blame(self, problem: str | None) -> None:
        """Show what is wrong, or nothing."""
        self.problem.value = f'<span role="alert">{html_text(problem)}</span>' if problem else ""
        self.problem.layout.display = "" if problem else "none"
        for each in self.inputs:
            (each.add_class if problem else each.remove_class)("sdw-wrong")

    def set(self, settings: Settings, record: ReadingRecord | None) -> None:  # noqa: ARG002
        """Show what a reading was made with, and tell nobody."""
        self.quiet = True
        value = getattr(settings, self.name)
        default = Settings.model_fields[self.name].default
        if self.parameter.kind in ("text", "length"):
            value = "" if value == default and not self.inputs[0].value else value or ""
        self.inputs[0].value = value
        self.quiet = False


class RadiusControl(Control):
    """The radius of zones: as the report states it, or a number with its unit."""

    def _inputs(self, parameter: Parameter, value: Any) -> list[Any]:
        number, unit = radius_of(value, None)
        tip = about(parameter.name)
        narrow = w.Layout(width="84px")
        off = value is None
        field = w.FloatText(
            value=number, step=1, disabled=off, description="Radius", tooltip=tip, layout=narrow
        )
        units = w.Dropdown(
            options=list(UNITS), value=unit, disabled=off, description="Unit of the radius", tooltip="unit",
            layout=w.Layout(width="64px"),
        )  # fmt: skip
        for each in (field, units):
            each.add_class("sdw-unlabelled")  # the box before them says it to those who see it
        words = {"description": parameter.label, "tooltip": tip, "indent": False}
        return [w.Checkbox(value=value is not None, layout=w.Layout(width="auto"), **words), field, units]

    def _row(self) -> Any:
        row = w.HBox(self.inputs)
        row.add_class("sdw-radius")
        return row

    def _changed(self, change: Any) -> None:
        switch, number, unit = self.inputs
        number.disabled = unit.disabled = not switch.value
        if switch.value or change["owner"] is switch:
            super()._changed(change)

    @property
    def value(self) -> str | None:
        """The radius as it is set; None for that of the report."""
        switch, number, unit = self.inputs
        return f"{number.value:.10g} {unit.value}" if switch.value else None

    def set(self, settings: Settings, record: ReadingRecord | None) -> None:
        """Show what a reading was made with, and tell nobody."""
        self.quiet = True
        switch, number, unit = self.inputs
        switch.value = settings.zone_radius is not None
        if settings.zone_radius is None:
            number.value, unit.value = radius_of(None, record)
        elif problem_with(self.name, self.value) or self.value != settings.zone_radius:
            number.value, unit.value = radius_of(settings.zone_radius, record)
        number.disabled = unit.disabled = not switch.value
        self.quiet = False


class ParameterBox:
    """All parameters, in groups.

    Parameters
    ----------
    settings : Settings
    told : callable
        Called with the name of a setting, or ``overrides``, that was changed, and its value, if it can be.
    """

    def __init__(self, settings: Settings, overrides: str, told: Callable[[str, Any], None]) -> None:
        self.told = told
        self.controls = {
            each.name: (RadiusControl if each.kind == "radius" else Control)(each, settings, self._changed)
            for each in PARAMETERS
        }
        tip = "your own corrections: empty for overrides.csv beside the report, a path, or 'none'"
        self.overrides = w.Text(
            value=overrides, description="Overrides", placeholder="overrides.csv beside the report",
            continuous_update=False, tooltip=tip, style=_WIDE, layout=w.Layout(width="auto"),
        )  # fmt: skip
        self.overrides.observe(lambda change: self.told("overrides", change["new"]), names="value")
        self.overrides_problem = w.HTML(layout=w.Layout(display="none"))
        self.overrides_problem.add_class("sdw-problem")
        groups = []
        for title, members in groupby(PARAMETERS, key=lambda each: each.group):
            boxes = [self.controls[each.name].box for each in members]
            if title == "Read with":
                boxes.append(w.VBox([self.overrides, self.overrides_problem]))
            groups.append(_group(title, boxes))
        self.box = w.Box(groups)
        self.box.add_class("sdw-groups")

    def _changed(self, control: Control) -> None:
        if control.check():
            self.told(control.name, control.value)

    def values(self) -> dict[str, Any]:
        """Return what is set, without what cannot be."""
        return {
            name: each.value for name, each in self.controls.items() if problem_with(name, each.value) is None
        }

    def blame(self, name: str | None, problem: str | None) -> bool:
        """Show what is wrong beside the control of a setting; False if it has none."""
        if name == "overrides":
            self.overrides_problem.value = html_text(problem or "")
            self.overrides_problem.layout.display = "" if problem else "none"
            return True
        if name not in self.controls:
            return False
        self.controls[name].blame(problem)
        return True

    def set(self, settings: Settings, record: ReadingRecord | None) -> None:
        """Show what a reading was made with; what is typed and cannot be used stays, to be mended."""
        for control in self.controls.values():
            if not control.problem.value:
                control.set(settings, record)


def _group(title: str, boxes: list[Any]) -> Any:
    group = w.VBox([w.HTML(f"<h4>{html_text(title)}</h4>"), *boxes])
    group.add_class("sdw-group")
    return group


def _unset(name: str) -> str:
    return about(name).rpartition("(default: ")[2].removesuffix(")")
