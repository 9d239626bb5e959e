using System.Text.RegularExpressions;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;

namespace DeviceHarness.Assurance.Reports;

/// <summary>The octets beside a step that did not pass: the last that went each way, and in one line what they were.</summary>
/// <remarks>They come out of the evidence, where secrets are masked already; whole they stand in the evidence below. No script: a
/// <c>details</c> element opens them.</remarks>
internal static partial class HtmlWireTrace
{
    /// <summary>How many turns are shown: the last ones.</summary>
    internal const int MaximumTurns = 8;

    /// <summary>How many characters of a turn are shown: the first ones.</summary>
    internal const int MaximumCharacters = 400;

    private const int Columns = 11;

    /// <summary>Writes a row below that of the step; none where no octet passed.</summary>
    /// <param name="html">The page, inside a table of steps.</param>
    /// <param name="step">The step.</param>
    /// <param name="documents">The evidence of its attempt.</param>
    public static void WriteRow(HtmlWriter html, Step step, IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        FailingExchange? exchange = documents.Select(document => EvidenceExchange.Find(document, step.Index))
            .FirstOrDefault(found => found is not null);
        if (exchange is null)
        {
            return;
        }

        string where = exchange.Step == step.Index ? "Octets" : $"Octets of step {exchange.Step}, the last before it that has any";
        html.Write($"<tr class=\"trace\"><td></td><td colspan=\"{Columns - 1}\"><details><summary>{where}: ");
        html.Line($"{Explain(exchange.Decode)}</summary><pre>");
        foreach (string turn in exchange.Octets.TakeLast(MaximumTurns))
        {
            html.Line($"{Cut(turn)}");
        }

        html.Line($"</pre></details></td></tr>");
    }

    /// <summary>What was sent last and what came after it, in one line.</summary>
    internal static string Explain(IReadOnlyList<string> decode)
    {
        int lastSent = LastTurn(decode, '>');
        int lastCame = LastTurn(decode, '<');
        if (lastSent < 0 && lastCame < 0)
        {
            return "not explained";
        }

        string sent = lastSent < 0 ? "nothing was sent" : $"sent {Head(decode, lastSent)}";
        string came = lastCame > lastSent ? $"came {Head(decode, lastCame)}" : "nothing came";
        return $"{sent}; {came}";
    }

    // A turn begins with a line that names the port and counts the octets, two characters in.
    private static int LastTurn(IReadOnlyList<string> decode, char way)
    {
        for (int index = decode.Count - 1; index >= 0; index--)
        {
            if (decode[index].Length > 2 && decode[index][0] == way && decode[index][2] != ' ')
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>The message of a turn; its frame where there is none, as of SNRM; else what the turn begins with.</summary>
    private static string Head(IReadOnlyList<string> decode, int turn)
    {
        Match[] lines =
        [
            .. decode.Skip(turn + 1).TakeWhile(line => line.Length > 2 && line[2] == ' ').Select(line => ExplainedLine().Match(line))
                .Where(match => match.Success),
        ];
        Match? message = lines.LastOrDefault(match => match.Groups["indent"].Length == 2
                && !match.Groups["text"].Value.StartsWith("LLC ", StringComparison.Ordinal))
            ?? lines.LastOrDefault(match => match.Groups["indent"].Length == 0);
        return message?.Groups["text"].Value ?? decode[turn][2..];
    }

    private static string Cut(string turn) => turn.Length <= MaximumCharacters
        ? turn
        : $"{turn[..MaximumCharacters]} … {turn.Length - MaximumCharacters} characters more in the evidence";

    // An arrow, the offset in the turn, and the layers indented by two.
    [GeneratedRegex("^[<>]   [0-9A-F]{4,}  (?<indent> *)(?<text>[^ ].*)$")]
    private static partial Regex ExplainedLine();
}
