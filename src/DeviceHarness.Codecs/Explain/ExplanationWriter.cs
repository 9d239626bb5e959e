using System.Globalization;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Collects the lines of an explanation, each with the offset of its octets, up to a limit.</summary>
internal sealed class ExplanationWriter
{
    /// <summary>The most lines; what follows is cut with one line that says so.</summary>
    public const int MaximumLines = 5000;

    /// <summary>The most octets that one line shows.</summary>
    public const int MaximumShownOctets = 64;

    private readonly List<string> _lines = [];
    private int _indent;

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>True when no line tells of a fault.</summary>
    public bool IsWellFormed { get; private set; } = true;

    /// <summary>True when the limit was reached; a walk may stop.</summary>
    public bool IsFull => _lines.Count > MaximumLines;

    /// <summary>What opens ciphered APDUs; null when none are to be opened.</summary>
    public Decipherer? Decipherer { get; init; }

    /// <summary>What earlier messages of the capture tell about later ones.</summary>
    public CaptureMemory Memory { get; } = new();

    /// <summary>Hexadecimal with a limit.</summary>
    public static string Hex(ReadOnlySpan<byte> octets) => octets.Length <= MaximumShownOctets
        ? Convert.ToHexString(octets)
        : $"{Convert.ToHexString(octets[..MaximumShownOctets])}... ({octets.Length} octets)";

    /// <summary>Adds a line.</summary>
    public void Line(int offset, string text)
    {
        if (IsFull)
        {
            return;
        }

        string shown = _lines.Count == MaximumLines ? $"cut after {MaximumLines} lines" : text;
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{offset:X4}  {new string(' ', _indent * 2)}{shown}"));
    }

    /// <summary>Adds a line about a fault.</summary>
    public void Fault(int baseOffset, CodecFault fault)
    {
        IsWellFormed = false;
        Line(
            baseOffset + fault.Offset,
            $"FAULT {fault.Kind}: {Expectation("expected", fault.Expected)}{Expectation("found", fault.Actual)}({fault.Clause})");
    }

    /// <summary>Adds a line about a fault of security.</summary>
    public void Wrong(int offset, SecurityFaultKind kind, string text)
    {
        IsWellFormed = false;
        Line(offset, $"FAULT {kind}: {text}");
    }

    /// <summary>Indents the lines that follow.</summary>
    public void Enter() => _indent++;

    /// <summary>Ends the indentation.</summary>
    public void Leave() => _indent--;

    private static string Expectation(string word, long value) =>
        value < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{word} {value:X} ");
}
