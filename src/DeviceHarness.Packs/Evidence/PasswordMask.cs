using System.Globalization;
using System.Text;
using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Packs.Evidence;

/// <summary>Finds the passwords of low-level-security associations in the octets of a step, and keeps them out of evidence.</summary>
/// <remarks>An AARQ carries the password in clear: mechanism-name LLS, then calling-authentication-value with a charstring. The octets of
/// one port
/// and one direction are looked at as one stream, so that a password in two pieces is found; one that a link layer cut into two frames is
/// not.
/// The frame's check sequence stays as it was.</remarks>
internal sealed class PasswordMask
{
    private const byte CallingAuthenticationValueTag = 0xAC;
    private const byte CharstringTag = 0x80;
    private const int HeaderOctets = 4;
    private const int ShortestText = 4;
    private const string MaskedOctet = "**";

    private readonly bool[][] _masked;
    private readonly IReadOnlyList<WireRecord> _records;
    private readonly List<string> _forms = [];

    private PasswordMask(IReadOnlyList<WireRecord> records)
    {
        _records = records;
        _masked = [.. records.Select(record => new bool[record.Octets.Length])];
    }

    // The context-specific tag 11 with the object identifier 2.16.756.5.8.2.1.
    private static ReadOnlySpan<byte> LowLevelSecurity => [0x8B, 0x07, 0x60, 0x85, 0x74, 0x05, 0x08, 0x02, 0x01];

    /// <summary>Looks for passwords.</summary>
    public static PasswordMask Find(IReadOnlyList<WireRecord> records)
    {
        PasswordMask mask = new(records);
        foreach (IGrouping<string, int> port in Enumerable.Range(0, records.Count)
            .Where(index => records[index].Direction == WireDirection.ToDevice)
            .GroupBy(index => records[index].Port, StringComparer.Ordinal))
        {
            mask.FindInStream([.. port]);
        }

        return mask;
    }

    /// <summary>The octets of a record in hexadecimal, passwords masked.</summary>
    public string Hex(int recordIndex)
    {
        ReadOnlySpan<byte> octets = _records[recordIndex].Octets.Span;
        StringBuilder text = new(octets.Length * 3);
        for (int index = 0; index < octets.Length; index++)
        {
            text.Append(index == 0 ? string.Empty : " ");
            text.Append(_masked[recordIndex][index] ? MaskedOctet : octets[index].ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>A line of text with every form of a found password masked.</summary>
    public string Redact(string line)
    {
        foreach (string form in _forms)
        {
            line = line.Replace(form, MaskedOctet, StringComparison.OrdinalIgnoreCase);
        }

        return line;
    }

    private void FindInStream(int[] recordIndexes)
    {
        byte[] stream = [.. recordIndexes.SelectMany(index => _records[index].Octets.ToArray())];
        int position = 0;
        while (stream.AsSpan(position).IndexOf(LowLevelSecurity) is var at and >= 0)
        {
            int header = position + at + LowLevelSecurity.Length;
            position = header;
            if (header + HeaderOctets <= stream.Length
                && stream[header] == CallingAuthenticationValueTag && stream[header + 2] == CharstringTag)
            {
                int start = header + HeaderOctets;
                int length = Math.Min(stream[header + 3], stream.Length - start);
                Mark(recordIndexes, start, length);
                Remember(stream.AsSpan(start, length));
                position = start + length;
            }
        }
    }

    private void Mark(int[] recordIndexes, int start, int length)
    {
        int offset = 0;
        foreach (int recordIndex in recordIndexes)
        {
            bool[] masked = _masked[recordIndex];
            for (int index = Math.Max(0, start - offset); index < masked.Length && offset + index < start + length; index++)
            {
                masked[index] = true;
            }

            offset += masked.Length;
        }
    }

    private void Remember(ReadOnlySpan<byte> password)
    {
        if (password.IsEmpty)
        {
            return;
        }

        string compact = Convert.ToHexString(password);
        string[] pairs = [.. compact.Chunk(2).Select(pair => new string(pair))];
        _forms.Add(compact);
        _forms.Add(string.Join(' ', pairs));
        _forms.Add(string.Join('-', pairs));
        string text = Encoding.Latin1.GetString(password);
        if (text.Length >= ShortestText)
        {
            _forms.Add(text);
        }
    }
}
