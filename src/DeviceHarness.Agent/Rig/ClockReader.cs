using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Clock;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads how fast the time of a rig runs.</summary>
public static class ClockReader
{
    private const string RealOnly = "1, or a bench whose devices are all virtual: no real device's time runs faster";

    /// <summary>A rig with another scale than its file's.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="scale">The scale, 1 to 3,600; null for that of the file.</param>
    /// <exception cref="ConfigurationException">RIG-010: it is out of range, or the rig has a real device.</exception>
    public static RigConfiguration With(RigConfiguration rig, int? scale)
    {
        ArgumentNullException.ThrowIfNull(rig);
        if (scale is not { } wanted)
        {
            return rig;
        }

        if (wanted is < 1 or > ScaledClock.MaximumScale)
        {
            throw Wrong(rig, $"{wanted}", $"1 to {ScaledClock.MaximumScale}");
        }

        return wanted > 1 && RealOf(rig.Devices) is { } real
            ? throw Wrong(rig, $"{wanted} with the real device {real.Id}", RealOnly)
            : rig with { ClockScale = wanted };
    }

    internal static int Read(ConfigurationNode? node, IReadOnlyList<RigDevice> devices)
    {
        if (node is null)
        {
            return 1;
        }

        ConfigurationNode entry = node.Require("scale");
        int scale = (int)entry.AsInteger(1, ScaledClock.MaximumScale);
        node.RejectOtherKeys();
        return scale > 1 && RealOf(devices) is { } real
            ? throw entry.Wrong($"{scale} with the real device {real.Id}", RealOnly)
            : scale;
    }

    private static RigDevice? RealOf(IReadOnlyList<RigDevice> devices) =>
        devices.FirstOrDefault(device => device.Link.Origin == Origin.Real);

    private static ConfigurationException Wrong(RigConfiguration rig, string found, string allowed) =>
        new("RIG-010", rig.File, 0, 0, "--clock-scale", found, allowed);
}
