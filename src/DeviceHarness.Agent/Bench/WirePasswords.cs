using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Codecs.Explain;

namespace DeviceHarness.Agent.Bench;

/// <summary>Finds the passwords in recorded octets, and the keys that a ZigBee adapter is told or tells.</summary>
internal static class WirePasswords
{
    /// <summary>The passwords of all records. The octets of one port and one direction are one stream: also what a device sends may hold
    /// a password, since an optical head echoes what it is told.</summary>
    public static WireSecrets Of(IReadOnlyList<WireRecord> records)
    {
        bool[][] isSecret = [.. records.Select(record => new bool[record.Octets.Length])];
        List<ReadOnlyMemory<byte>> values = [];
        foreach (IGrouping<(string, WireDirection), int> stream in Enumerable.Range(0, records.Count)
            .GroupBy(index => (records[index].Port, records[index].Direction)))
        {
            (int Record, int Offset)[] places =
                [.. stream.SelectMany(index => Enumerable.Range(0, records[index].Octets.Length).Select(offset => (index, offset)))];
            byte[] octets = [.. places.Select(place => records[place.Record].Octets.Span[place.Offset])];
            foreach (SentPasswords found in (SentPasswords[])[PasswordFinder.Find(octets), AdapterKeyFinder.Find(octets)])
            {
                foreach ((int record, int offset) in found.Offsets.Select(offset => places[offset]))
                {
                    isSecret[record][offset] = true;
                }

                values.AddRange(found.Values);
            }
        }

        return new WireSecrets(isSecret, values);
    }
}
