using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual.Control;

/// <summary>What a virtual bench does at a word: switches the virtual mains of a meter, and tells what an input at a terminal sees. One
/// line of text in, one out.</summary>
/// <remarks>
/// <c>power esme-01 off</c>, <c>power esme-01 on</c>: answered by <c>ok</c>; with the name of a feed behind it, the contact of that feed,
/// which stands before the meter's own. <c>supply esme-01 mains</c>, <c>supply esme-01 hub</c>:
/// answered by <c>ok</c> and the reading as JSON. <c>cover esme-01 meter open</c>, <c>cover esme-01 terminal closed</c>: answered by
/// <c>ok</c>. <c>press esme-01 boost-1</c>: the consumer presses a boost button of the meter; answered by <c>ok</c>. <c>isolate on</c>,
/// <c>isolate off</c> and <c>acknowledge</c> are what a person does at the bench: its emergency stop and its button; <c>isolation</c> is
/// answered by <c>ok</c> and what their lines show. All else is answered by <c>error</c> and why. Relays and inputs know nothing of each
/// other: what an input sees is what the meter was given, not what a relay was told. Safe for use from any thread.
/// </remarks>
public sealed class BenchControl
{
    /// <summary>The most octets of a line that is asked, its end left aside.</summary>
    public const int MaximumLineOctets = 256;

    /// <summary>The most octets of a line that answers: a reading of <see cref="Supply.SupplyFeed.Capacity"/> interruptions, and
    /// more.</summary>
    public const int MaximumAnswerOctets = 64 * 1024;

    /// <summary>What an answer begins with that is no error.</summary>
    public const string Done = "ok";

    /// <summary>What the answer to a line begins with that could not be understood.</summary>
    public const string Refused = "error";

    private const string Boost = "boost-";

    private static readonly FrozenDictionary<string, bool> Positions =
        new Dictionary<string, bool> { ["on"] = true, ["off"] = false }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, SupplyTerminal> Terminals = Enum.GetValues<SupplyTerminal>()
        .ToFrozenDictionary(terminal => terminal.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, MeterCover> Covers = Enum.GetValues<MeterCover>()
        .ToFrozenDictionary(cover => cover.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, bool> CoverPositions =
        new Dictionary<string, bool> { ["open"] = true, ["closed"] = false }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, VirtualEsme> _meters;
    private readonly FrozenDictionary<string, VirtualRelay> _relays;
    private readonly VirtualIsolator _isolator;

    /// <summary>Puts a relay before each meter.</summary>
    /// <param name="meters">The meters by name.</param>
    public BenchControl(IReadOnlyDictionary<string, VirtualEsme> meters)
    {
        _meters = meters.ToFrozenDictionary(StringComparer.Ordinal);
        _relays = meters.ToFrozenDictionary(meter => meter.Key, meter => new VirtualRelay(meter.Value), StringComparer.Ordinal);
        _isolator = new VirtualIsolator(_relays.Values);
    }

    /// <summary>The relays by the name of the meter.</summary>
    public IReadOnlyDictionary<string, VirtualRelay> Relays => _relays;

    /// <summary>Does what a line says.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>The answer, without a line end in it.</returns>
    public string Answer(string line) => Answer(line, driven: null);

    /// <summary>Does what a line says.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="driven">What the asking connection holds; null for one that holds none.</param>
    internal string Answer(string line, ISet<DrivenPart>? driven)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Split(' ') switch
        {
            ["power", string device, string word] when _relays.TryGetValue(device, out VirtualRelay? relay)
                && Positions.TryGetValue(word, out bool isOn) => Switch(new DrivenContact(relay, Source: null), isOn, driven),
            ["power", string device, string word, string source] when _relays.TryGetValue(device, out VirtualRelay? relay)
                && Positions.TryGetValue(word, out bool isOn) && source.Length > 0
                => Switch(new DrivenContact(relay, source), isOn, driven),
            ["isolate", string word] when Positions.TryGetValue(word, out bool isOn) => Act(() => _isolator.Isolate(isOn)),
            ["acknowledge"] => Act(_isolator.Press),
            ["isolation"] => $"{Done} {_isolator.Tell()}",
            ["supply", string device, string word] when _meters.TryGetValue(device, out VirtualEsme? meter)
                && Terminals.TryGetValue(word, out SupplyTerminal terminal)
                => $"{Done} {JsonSerializer.Serialize(meter.Sense(terminal), FlashJson.Default.SupplyReading)}",
            ["cover", string device, string which, string word] when _meters.TryGetValue(device, out VirtualEsme? meter)
                && Covers.TryGetValue(which, out MeterCover cover) && CoverPositions.TryGetValue(word, out bool isOpen)
                => Move(new DrivenCover(meter, cover), isOpen, driven),
            ["press", string device, string button] when _meters.TryGetValue(device, out VirtualEsme? meter)
                && button.StartsWith(Boost, StringComparison.Ordinal)
                && int.TryParse(button.AsSpan(Boost.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                => Press(meter, number),
            _ => $"{Refused} no meter of the bench, or none of 'power <meter> on|off [feed]', 'supply <meter> mains|hub', "
                + "'cover <meter> meter|terminal open|closed', 'press <meter> boost-<n>', 'isolate on|off', 'isolation' and 'acknowledge'",
        };
    }

    private static string Act(Action act)
    {
        act();
        return Done;
    }

    private static string Move(DrivenCover cover, bool isOpen, ISet<DrivenPart>? driven)
    {
        cover.Set(isOpen);
        _ = isOpen ? driven?.Add(cover) : driven?.Remove(cover);
        return Done;
    }

    private static string Press(VirtualEsme meter, int button) =>
        meter.PressBoostButton(button) ? Done : $"{Refused} the meter has no boost button {button}, or no power";

    private static string Switch(DrivenContact contact, bool isOn, ISet<DrivenPart>? driven)
    {
        contact.Set(isOn);
        _ = isOn ? driven?.Remove(contact) : driven?.Add(contact);
        return Done;
    }
}
