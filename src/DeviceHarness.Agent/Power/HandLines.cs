using DeviceHarness.Abstractions.Power;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Power;

/// <summary>Where the lines of contacts that stand for hands come from. A line is taken when it is first used.</summary>
/// <param name="Drive">Makes what drives a line.</param>
/// <param name="See">Makes what looks at a line.</param>
internal sealed record HandLines(Func<GpioLineSettings, IRelayBoard> Drive, Func<GpioLineSettings, IContactSight> See)
{
    /// <summary>The GPIO character device of this machine.</summary>
    public static HandLines Gpio { get; } = new(line => new GpioCoil(line), line => new GpioSight(line));
}
