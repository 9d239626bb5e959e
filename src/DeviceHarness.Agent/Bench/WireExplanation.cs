using System.Globalization;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Codecs.Explain;

namespace DeviceHarness.Agent.Bench;

/// <summary>Puts the decode beside recorded octets.</summary>
internal static class WireExplanation
{
    /// <summary>The lines that explain records: pieces that passed one port in one direction without an answer between them are read as
    /// one.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<WireRecord> records)
    {
        List<string> lines = [];
        for (int start = 0; start < records.Count;)
        {
            int end = start + 1;
            while (end < records.Count && records[end].Direction == records[start].Direction && records[end].Port == records[start].Port)
            {
                end++;
            }

            byte[] octets = [.. records.Skip(start).Take(end - start).SelectMany(record => record.Octets.ToArray())];
            string way = records[start].Direction == WireDirection.ToDevice ? ">" : "<";
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{way} {records[start].Port}: {octets.Length} octets"));
            lines.AddRange(FrameExplainer.Explain(octets).Select(line => $"{way}   {line}"));
            start = end;
        }

        return lines;
    }
}
