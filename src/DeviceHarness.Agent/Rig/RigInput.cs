using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Rig;

/// <summary>An input that sees a supply.</summary>
/// <param name="Point">Where it is wired to.</param>
/// <param name="Line">Its line, active while the supply is there.</param>
public sealed record RigInput(SupplyPoint Point, RigLine Line);
