using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Rig;

/// <summary>An input that sees a supply.</summary>
/// <param name="Point">Where it is wired to.</param>
/// <param name="Line">Its line, active while the supply is there; without a GPIO line it is the virtual bench's, or a sensor.</param>
public sealed record RigInput(SupplyPoint Point, RigLine Line)
{
    /// <summary>The sensor that measures the supply; null for a line.</summary>
    public RigSensor? Sensor { get; init; }
}
