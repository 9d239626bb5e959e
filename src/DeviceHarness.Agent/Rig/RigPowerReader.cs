using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads what switches the supply of a rig's devices, and where it is seen.</summary>
internal static class RigPowerReader
{
    private static readonly TimeSpan MaximumSpacing = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, bool> Vias = new() { [GpioLineReader.Virtual] = true, [GpioLineReader.Gpio] = false };

    private static readonly Dictionary<string, string> InputVias =
        new[] { GpioLineReader.Virtual, GpioLineReader.Gpio, SensorReader.I2c }.ToDictionary(via => via);

    private static readonly Dictionary<string, SupplyTerminal> Terminals =
        Enum.GetValues<SupplyTerminal>().ToDictionary(terminal => terminal.ToString().ToLowerInvariant());

    /// <summary>Reads it.</summary>
    /// <param name="node">The value of <c>power</c>; null when the file has none.</param>
    /// <param name="devices">The devices of the file.</param>
    /// <exception cref="ConfigurationException">A device is not there, cannot be switched or seen so, or stands twice.</exception>
    public static RigPower Read(ConfigurationNode? node, IReadOnlyList<RigDevice> devices)
    {
        if (node is null)
        {
            return RigPower.None;
        }

        IReadOnlyList<RelayBoardSettings> boards = RelayBoardReader.Read(node.Find("boards"));
        RigPower power = new(
            new FeedReader(devices, boards).Read(node.Find("feeds")), ReadInputs(node.Find("sense"), devices))
        {
            Boards = boards,
            InrushSpacing = node.Find("inrush-spacing")?.AsDuration(TimeSpan.Zero, MaximumSpacing) ?? TimeSpan.Zero,
            Isolation = ReadLine(node.Find("isolation")),
            Acknowledge = ReadLine(node.Find("acknowledge")),
        };
        node.RejectOtherKeys();
        return power is { Acknowledge: not null, Isolation: null }
            ? throw node.Require("acknowledge").Wrong("a button without an isolation input", "'isolation' beside it, or neither")
            : power;
    }

    /// <summary>Reads the name of a device that can be switched or seen.</summary>
    /// <param name="node">The name.</param>
    /// <param name="devices">The devices of the file.</param>
    /// <param name="isVirtual">Whether the virtual bench does it, which has meters alone; else real wires, which a virtual device has
    /// not, unless a board of the virtual bench pulls at it.</param>
    /// <exception cref="ConfigurationException">There is no such device.</exception>
    internal static DeviceId ReadDevice(ConfigurationNode node, IReadOnlyList<RigDevice> devices, bool isVirtual)
    {
        string name = node.AsText();
        IEnumerable<RigDevice> able = devices.Where(device =>
            !isVirtual || (device.DeviceType == DeviceProfile.Esme && device.Link.Via == LinkVia.Virtual));
        string allowed = isVirtual ? "a virtual ESME of this file" : "a device of this file";
        return able.FirstOrDefault(device => device.Id.Value == name)?.Id
            ?? throw node.Wrong($"'{name}'", $"{allowed}: {string.Join(", ", able.Select(device => device.Id))}");
    }

    private static List<RigInput> ReadInputs(ConfigurationNode? node, IReadOnlyList<RigDevice> devices)
    {
        List<RigInput> inputs = [];
        foreach (ConfigurationNode item in node?.Items() ?? [])
        {
            string via = item.Require(GpioLineReader.Via).AsOneOf(InputVias);
            ConfigurationNode terminal = item.Require("terminal");
            SupplyPoint point = new(
                ReadDevice(item.Require("device"), devices, isVirtual: via == GpioLineReader.Virtual), terminal.AsOneOf(Terminals));
            RigInput input = via == SensorReader.I2c
                ? new RigInput(point, new RigLine(Gpio: null)) { Sensor = SensorReader.Read(item) }
                : new RigInput(point, GpioLineReader.ReadEither(item, isVirtual: via == GpioLineReader.Virtual));
            item.RejectOtherKeys();
            inputs.Add(inputs.Any(other => other.Point == point)
                ? throw terminal.Wrong($"a second input at {point}", "one input at a terminal")
                : input);
        }

        return inputs;
    }

    private static RigLine? ReadLine(ConfigurationNode? node)
    {
        RigLine? line = node is null
            ? null
            : GpioLineReader.ReadEither(node, node.Require(GpioLineReader.Via).AsOneOf(Vias));
        node?.RejectOtherKeys();
        return line;
    }
}
