using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads what reaches the covers and buttons of devices: the virtual bench, or a contact at a GPIO line.</summary>
internal sealed partial class HandReader(IReadOnlyList<RigDevice> devices)
{
    private const string SeenBy = "seen-by";

    private static readonly Dictionary<string, bool> Vias = new() { [GpioLineReader.Virtual] = true, [GpioLineReader.Gpio] = false };

    private static readonly Dictionary<string, MeterCover> Covers =
        Enum.GetValues<MeterCover>().ToDictionary(cover => cover.ToString().ToLowerInvariant());

    private readonly HashSet<(string Chip, string Line)> _lines = [];

    /// <summary>Reads whose cover switches the bench reaches.</summary>
    /// <param name="node">The value of <c>tamper</c>; null when the file has none.</param>
    /// <exception cref="ConfigurationException">A device is not there or cannot be reached so, or a cover or a line stands
    /// twice.</exception>
    public IReadOnlyList<RigTamper> ReadTampers(ConfigurationNode? node)
    {
        List<RigTamper> reached = [];
        foreach (ConfigurationNode item in node?.Items() ?? [])
        {
            RigContact by = ReadContact(item);
            ConfigurationNode name = item.Require("device");
            DeviceId device = RigPowerReader.ReadDevice(name, devices, by is VirtualHand);

            // One line moves one switch.
            ConfigurationNode? cover = by is GpioHand ? item.Require("cover") : item.Find("cover");
            RigTamper tamper = new(device, cover?.AsOneOf(Covers), by);
            item.RejectOtherKeys();
            bool isTwice = reached.Any(other => other.Device == device
                && (other.Cover is null || tamper.Cover is null || other.Cover == tamper.Cover));
            reached.Add(isTwice ? throw name.Wrong($"'{device}' a second time", "each cover of a device once") : tamper);
        }

        return reached;
    }

    /// <summary>Reads which buttons the bench reaches.</summary>
    /// <param name="node">The value of <c>buttons</c>; null when the file has none.</param>
    /// <exception cref="ConfigurationException">A device is not there or cannot be reached so, or a button or a line stands
    /// twice.</exception>
    public IReadOnlyList<RigButton> ReadButtons(ConfigurationNode? node)
    {
        List<RigButton> reached = [];
        foreach (ConfigurationNode item in node?.Items() ?? [])
        {
            RigContact by = ReadContact(item);
            DeviceId device = RigPowerReader.ReadDevice(item.Require("device"), devices, by is VirtualHand);
            ConfigurationNode name = item.Require("button");
            string button = name.AsText();
            item.RejectOtherKeys();
            bool isName = by is VirtualHand ? VirtualButton().IsMatch(button) : ButtonName().IsMatch(button);
            string allowed = by is VirtualHand
                ? "a button of a virtual meter: boost-1 to boost-5"
                : "1 to 40 lower-case letters, digits and hyphens, a letter first";
            reached.Add(
                !isName ? throw name.Wrong($"'{button}'", allowed)
                : reached.Any(other => other.Device == device && other.Button == button)
                    ? throw name.Wrong($"'{button}' a second time", "each button of a device once")
                : new RigButton(device, button, by));
        }

        return reached;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ButtonName();

    [GeneratedRegex(@"\Aboost-[1-5]\z", RegexOptions.CultureInvariant)]
    private static partial Regex VirtualButton();

    private RigContact ReadContact(ConfigurationNode item)
    {
        if (item.Require(GpioLineReader.Via).AsOneOf(Vias))
        {
            return new VirtualHand();
        }

        ConfigurationNode? seen = item.Find(SeenBy);
        GpioHand hand = new(ReadLine(item), seen is null ? null : ReadLine(seen));
        seen?.RejectOtherKeys();
        return hand;
    }

    private GpioLineSettings ReadLine(ConfigurationNode node)
    {
        GpioLineSettings line = GpioLineReader.Read(node);
        return _lines.Add((line.Chip, line.Line))
            ? line
            : throw node.Require("line").Wrong(
                $"line '{line.Line}' of '{line.Chip}' a second time", "a line of its own for each contact, and for what sees it");
    }
}
