using System.Globalization;
using DeviceHarness.Assurance.Issues;

namespace DeviceHarness.Assurance.Reports;

/// <summary>Finds the failing exchange in an evidence document.</summary>
public static class EvidenceExchange
{
    /// <summary>The exchange of a step, or of the last step before it that has octets; of clean-up only the step itself.</summary>
    /// <param name="document">The evidence document.</param>
    /// <param name="step">The step that decided, from 1; 0 for the last step.</param>
    /// <returns>Null when the document is none, or no such step has octets: the request was refused before any was sent.</returns>
    public static FailingExchange? Find(ReadOnlyMemory<byte> document, int step)
    {
        EvidenceView view = EvidenceView.Read(document);
        EvidenceView found = view["steps"].Items.LastOrDefault(candidate => IndexOf(candidate) is var index
            && (step == 0 || index <= step)
            && (!candidate["cleanup"].IsTrue || index == step)
            && candidate["wire"].Items.Any());
        if (!found.IsObject)
        {
            return null;
        }

        IReadOnlyList<string> octets = Joined(found["wire"].Items);
        string[] decode = [.. found["decode"].Items.Select(line => line.Text)];
        int leftOut = Math.Max(0, octets.Count - FailingExchange.MaximumLines) + Math.Max(0, decode.Length - FailingExchange.MaximumLines);
        return new FailingExchange(
            IndexOf(found), found["name"].Text, [.. octets.TakeLast(FailingExchange.MaximumLines)],
            [.. decode.TakeLast(FailingExchange.MaximumLines)], leftOut);
    }

    /// <summary>One piece of octets: when, on which port, which way, which octets.</summary>
    internal static string WireLine(EvidenceView record)
    {
        string arrow = record["direction"].Text == "FromDevice" ? "<" : ">";
        string at = Display.Milliseconds(record.Microseconds("offsetMicroseconds"));
        return $"{at} ms {record["port"].Text} {arrow} {record["octets"].Text}";
    }

    // A line gives its octets as they come, one by one; what goes the same way without a turn is one line here.
    private static List<string> Joined(IEnumerable<EvidenceView> records)
    {
        List<string> lines = [];
        string turn = string.Empty;
        foreach (EvidenceView record in records)
        {
            string next = $"{record["port"].Text} {record["direction"].Text}";
            if (next == turn)
            {
                lines[^1] += $" {record["octets"].Text}";
            }
            else
            {
                lines.Add(WireLine(record));
                turn = next;
            }
        }

        return lines;
    }

    private static int IndexOf(EvidenceView step) =>
        int.TryParse(step["index"].Text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : 0;
}
