using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Finds the passwords of low-level-security associations, and the secrets that are written to a device in clear, in octets, so
/// that they can be kept out of what is written.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, AARQ-apdu: mechanism-name LLS, then calling-authentication-value <c>AC len 80 len password</c>; SET and ACTION of
/// the secrets of IEC 62056-6-2 classes 15, 19, 104 and 115. A secret that is written in blocks is not found.
/// The information fields of HDLC frames are put together, so that a password that the link cut into several frames is found; a frame that
/// was sent twice is masked twice. Octets without such a frame are searched as they are. Thread safe.
/// </remarks>
public static class PasswordFinder
{
    private const byte CallingAuthenticationValueTag = 0xAC;
    private const byte CharstringTag = 0x80;
    private const int HeaderOctets = 4;
    private const int ChecksumAndFlagOctets = 3;

    // The context-specific tag 11 with the object identifier 2.16.756.5.8.2.1.
    private static ReadOnlySpan<byte> LowLevelSecurity => [0x8B, 0x07, 0x60, 0x85, 0x74, 0x05, 0x08, 0x02, 0x01];

    /// <summary>Looks for passwords.</summary>
    /// <param name="sent">The octets that one end sent, in order and without gaps.</param>
    public static SentPasswords Find(ReadOnlySpan<byte> sent)
    {
        SortedSet<int> offsets = [];
        List<byte[]> values = [];
        List<(byte[] Information, int Offset)> frames = Frames(sent);
        if (frames.Count == 0)
        {
            Search(sent, [.. Enumerable.Range(0, sent.Length)], offsets, values);
        }

        byte[] information = [.. frames.SelectMany(frame => frame.Information)];
        int[] places = [.. frames.SelectMany(frame => Enumerable.Range(frame.Offset, frame.Information.Length))];
        Search(information, places, offsets, values);
        MaskDoubles(frames, offsets);
        return new SentPasswords(
            [.. offsets], [.. values.DistinctBy(Convert.ToHexString).Select(value => new ReadOnlyMemory<byte>(value))]);
    }

    private static void Search(ReadOnlySpan<byte> octets, int[] places, SortedSet<int> offsets, List<byte[]> values)
    {
        int position = 0;
        while (octets[position..].IndexOf(LowLevelSecurity) is var at and >= 0)
        {
            int header = position + at + LowLevelSecurity.Length;
            position = header;
            if (header + HeaderOctets <= octets.Length
                && octets[header] == CallingAuthenticationValueTag && octets[header + 2] == CharstringTag)
            {
                int start = header + HeaderOctets;
                int length = Math.Min(octets[header + 3], octets.Length - start);
                offsets.UnionWith(places.AsSpan(start, length).ToArray());
                values.Add(octets.Slice(start, length).ToArray());
            }
        }

        SearchWrites(octets, places, offsets, values);
    }

    private static void SearchWrites(ReadOnlySpan<byte> octets, int[] places, SortedSet<int> offsets, List<byte[]> values)
    {
        for (int start = 0; start < octets.Length; start++)
        {
            if (TryFindWritten(octets[start..], out ReadOnlySpan<byte> secret, out int end))
            {
                offsets.UnionWith(places.AsSpan(start + end - secret.Length, secret.Length).ToArray());
                values.Add(secret.ToArray());
            }
        }
    }

    private static bool TryFindWritten(ReadOnlySpan<byte> octets, out ReadOnlySpan<byte> secret, out int end)
    {
        ReadOnlySpan<byte> encoded = default;
        end = 0;
        switch ((ApduTag)octets[0])
        {
            case ApduTag.SetRequest when SetRequest.Decode(octets, out SetRequest set, out end, out _) == OperationStatus.Done:
                encoded = ConfidentialValues.IsAttribute(set.Attribute.ClassId, set.Attribute.AttributeId) ? set.Data : default;
                break;
            case ApduTag.ActionRequest when ActionRequest.Decode(octets, out ActionRequest action, out end, out _) == OperationStatus.Done:
                encoded = ConfidentialValues.IsMethod(action.Method.ClassId, action.Method.MethodId) ? action.Parameter : default;
                break;
            default:
                break;
        }

        // Of a structure the secret is what it ends with.
        AxdrReader reader = new(encoded);
        secret = default;
        while (reader.RemainingOctets > 0 && reader.TryReadValue(out AxdrValue value))
        {
            secret = value.Octets;
        }

        return !secret.IsEmpty;
    }

    private static List<(byte[] Information, int Offset)> Frames(ReadOnlySpan<byte> octets)
    {
        List<(byte[] Information, int Offset)> frames = [];
        int offset = 0;
        while (offset < octets.Length)
        {
            OperationStatus status = HdlcFrameCodec.Decode(octets[offset..], out HdlcFrame frame, out int consumed, out _);
            if (status == OperationStatus.NeedMoreData)
            {
                break;
            }

            if (status == OperationStatus.Done && frame.Control.Kind == HdlcFrameKind.Information)
            {
                byte[] information = frame.Information.ToArray();
                frames.Add((information, offset + consumed - ChecksumAndFlagOctets - information.Length));
            }

            // The closing flag may open the next frame.
            offset += status == OperationStatus.Done ? Math.Max(1, consumed - 1) : Math.Max(1, consumed);
        }

        return frames;
    }

    private static void MaskDoubles(List<(byte[] Information, int Offset)> frames, SortedSet<int> offsets)
    {
        foreach (IGrouping<string, (byte[] Information, int Offset)> same in
            frames.GroupBy(frame => Convert.ToHexString(frame.Information)))
        {
            int[] masked = [.. same.SelectMany(frame => Enumerable.Range(0, frame.Information.Length)
                .Where(index => offsets.Contains(frame.Offset + index))).Distinct()];
            offsets.UnionWith(same.SelectMany(frame => masked.Select(index => frame.Offset + index)));
        }
    }
}
