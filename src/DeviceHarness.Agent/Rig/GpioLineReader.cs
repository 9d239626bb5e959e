using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads a GPIO line of a rig file.</summary>
internal static class GpioLineReader
{
    /// <summary>The key that says by what something is switched or seen.</summary>
    internal const string Via = "via";

    /// <summary>By the virtual bench.</summary>
    internal const string Virtual = "virtual";

    /// <summary>By a GPIO line.</summary>
    internal const string Gpio = "gpio";

    private static readonly TimeSpan MaximumDebounce = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, GpioBias> Biases = new()
    {
        ["as-is"] = GpioBias.AsIs,
        ["disabled"] = GpioBias.Disabled,
        ["pull-up"] = GpioBias.PullUp,
        ["pull-down"] = GpioBias.PullDown,
    };

    /// <summary>Reads an input line: its keys, or those of the virtual bench, which has none.</summary>
    /// <exception cref="ConfigurationException">A key is missing or wrong.</exception>
    internal static RigLine ReadEither(ConfigurationNode node, bool isVirtual) => new(isVirtual ? null : Read(node));

    /// <summary>Reads the keys of a line; others of the entry are left to its reader.</summary>
    /// <exception cref="ConfigurationException">A key is missing or wrong.</exception>
    internal static GpioLineSettings Read(ConfigurationNode node) => new()
    {
        Chip = node.Require("chip").AsText(),
        Line = node.Require("line").AsText(),
        IsActiveLow = node.Find("active-low")?.AsBoolean() ?? false,
        Bias = node.Find("bias")?.AsOneOf(Biases) ?? GpioBias.AsIs,
        Debounce = node.Find("debounce")?.AsDuration(TimeSpan.Zero, MaximumDebounce) ?? TimeSpan.Zero,
    };
}
