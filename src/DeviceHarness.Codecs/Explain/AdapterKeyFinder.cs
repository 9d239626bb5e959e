using System.Buffers.Binary;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.SmartEnergy;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Finds the keys that pass between a host and a ZigBee adapter, so that they can be kept out of what is written.</summary>
/// <remarks>
/// Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up, inside ASH frames, whose randomisation hides nothing. Also a
/// frame that came damaged, was cancelled or is not whole is looked at: most of a key is too much. Of an answer that holds a key all is
/// taken, since what stands where differs by version; and of a top-up, whose code is spent once, and of a log of them. Octets without a
/// single right ASH frame hold none. Thread safe.
/// </remarks>
public static class AdapterKeyFinder
{
    private const int PrivateKeyOctets = 21;
    private const int PrivateKey283Octets = 36;
    private const int ShortHeaderOctets = 3;
    private const int LongHeaderOctets = 5;
    private const byte ResponseBit = 0x80;
    private const byte DataFrameMask = 0x80;
    private const byte Marker = 0xFF;
    private const byte FormatVersionMask = 0x3F;
    private const byte FormatVersion = 0x01;
    private const int Rest = int.MaxValue;
    private const int SentClusterOffset = 5;
    private const int SentHeadOctets = 14;
    private const int HeardClusterOffset = 3;
    private const int HeardHeadOctets = 12;
    private const byte ClusterFrameMask = 0x03;
    private const byte FromServer = 0x08;
    private const byte ConsumerTopUp = 0x04;
    private const byte PublishTopUpLog = 0x05;

    /// <summary>Looks for keys.</summary>
    /// <param name="octets">The octets that one end sent, in order and without gaps.</param>
    /// <returns>The offsets of all octets that belong to one, with their escapes; and the keys themselves where they are whole.</returns>
    public static SentPasswords Find(ReadOnlySpan<byte> octets)
    {
        SortedSet<int> offsets = [];
        List<byte[]> values = [];
        if (HoldsFrames(octets))
        {
            List<(byte Octet, int From, int To)> body = [];
            (int start, bool isEscaped) = (0, false);
            for (int at = 0; at < octets.Length; at++)
            {
                byte octet = octets[at];
                if (octet is AshOctets.Flag or AshOctets.Cancel)
                {
                    Look(body, offsets, values);
                    body.Clear();
                    (start, isEscaped) = (at + 1, false);
                }
                else if (octet == AshOctets.Escape)
                {
                    isEscaped = true;
                }
                else if (octet is not (AshOctets.XOn or AshOctets.XOff or AshOctets.Substitute)
                    && (octet != AshOctets.Wake || body.Count > 0))
                {
                    body.Add((isEscaped ? (byte)(octet ^ AshOctets.EscapeBit) : octet, start, at));
                    (start, isEscaped) = (at + 1, false);
                }
            }

            Look(body, offsets, values);
        }

        return new SentPasswords(
            [.. offsets], [.. values.DistinctBy(Convert.ToHexString).Select(value => new ReadOnlyMemory<byte>(value))]);
    }

    private static bool HoldsFrames(ReadOnlySpan<byte> octets)
    {
        AshFrameReader reader = new();
        while (!octets.IsEmpty)
        {
            if (reader.Read(octets, out int consumed, out _, out _) == AshReading.Frame)
            {
                return true;
            }

            octets = octets[consumed..];
        }

        return false;
    }

    private static void Look(List<(byte Octet, int From, int To)> body, SortedSet<int> offsets, List<byte[]> values)
    {
        if (body.Count <= ShortHeaderOctets || (body[0].Octet & DataFrameMask) != 0)
        {
            return;
        }

        byte[] data = [.. body.Skip(1).Take(AshFrame.ExtendedDataOctets).Select(octet => octet.Octet)];
        AshRandomizer.Apply(data);
        int header = HeaderOf(data, out EzspFrameId id);
        if (header > data.Length)
        {
            return;
        }

        bool isResponse = (data[1] & ResponseBit) != 0;
        foreach ((int offset, int length) in isResponse
            ? PlacesInAnswer(id, data.AsSpan(header))
            : PlacesInCommand(id, data.AsSpan(header)))
        {
            int from = Math.Min(header + offset, data.Length);
            int to = length == Rest ? data.Length : Math.Min(from + length, data.Length);
            for (int index = from; index < to; index++)
            {
                // The control octet stands before the data field.
                (_, int first, int last) = body[index + 1];
                offsets.UnionWith(Enumerable.Range(first, last - first + 1));
            }

            if (length != Rest && to - from == length)
            {
                values.Add(data[from..to]);
            }
        }
    }

    private static int HeaderOf(byte[] data, out EzspFrameId id)
    {
        if (data.Length >= LongHeaderOctets && data[2] == Marker && data[3] == 0)
        {
            id = (EzspFrameId)data[4];
            return LongHeaderOctets;
        }

        if (data.Length >= LongHeaderOctets && (data[2] & FormatVersionMask) == FormatVersion)
        {
            id = (EzspFrameId)BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(ShortHeaderOctets));
            return LongHeaderOctets;
        }

        id = data.Length >= ShortHeaderOctets ? (EzspFrameId)data[2] : EzspFrameId.Version;
        return ShortHeaderOctets;
    }

    /// <summary>Whether an application's message is a top-up, or a log of them: it holds token codes.</summary>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="asdu">The message, from the ZCL header on.</param>
    public static bool HoldsTopUpCode(ushort cluster, ReadOnlySpan<byte> asdu) =>
        cluster == ClusterCatalogue.Prepayment.Id && asdu.Length > 2 && (asdu[0] & ClusterFrameMask) == 1
            && asdu[2] == ((asdu[0] & FromServer) == 0 ? ConsumerTopUp : PublishTopUpLog);

    /// <summary>Where the keys stand behind the header of a command, the same in all versions.</summary>
    private static (int Offset, int Length)[] PlacesInCommand(EzspFrameId id, ReadOnlySpan<byte> parameters) => id switch
    {
        EzspFrameId.SetInitialSecurityState => [(2, EzspKey.OctetCount), (18, EzspKey.OctetCount)],
        EzspFrameId.AddOrUpdateKeyTableEntry or EzspFrameId.ImportLinkKey => [(9, EzspKey.OctetCount)],
        EzspFrameId.AddTransientLinkKey or EzspFrameId.ImportTransientKey => [(8, EzspKey.OctetCount)],
        EzspFrameId.SetKeyTableEntry or EzspFrameId.UnicastNwkKeyUpdate => [(10, EzspKey.OctetCount)],
        EzspFrameId.BroadcastNextNetworkKey => [(0, EzspKey.OctetCount)],
        EzspFrameId.ImportKey => [(18, EzspKey.OctetCount)],
        EzspFrameId.SetPreinstalledCbkeData => [(70, PrivateKeyOctets)],
        EzspFrameId.SetValue when parameters is [(byte)EzspValueId.PrivateKey283K1, ..] => [(2, PrivateKey283Octets)],
        EzspFrameId.AesMmoHash => [(0, Rest)],
        EzspFrameId.SendUnicast when IsOf(parameters, SentClusterOffset, ConsumerTopUp, [16, 17]) => [(SentHeadOctets, Rest)],
        _ => [],
    };

    /// <summary>Whether a message is the one of the Prepayment cluster that holds token codes; where it begins differs by
    /// version.</summary>
    private static bool IsOf(ReadOnlySpan<byte> parameters, int clusterOffset, byte command, ReadOnlySpan<int> messageOffsets)
    {
        if (parameters.Length < clusterOffset + 2
            || BinaryPrimitives.ReadUInt16LittleEndian(parameters[clusterOffset..]) != ClusterCatalogue.Prepayment.Id)
        {
            return false;
        }

        foreach (int offset in messageOffsets)
        {
            if (parameters.Length > offset + 2 && (parameters[offset] & ClusterFrameMask) == 1 && parameters[offset + 2] == command)
            {
                return true;
            }
        }

        return false;
    }

    private static (int Offset, int Length)[] PlacesInAnswer(EzspFrameId id, ReadOnlySpan<byte> parameters) => id switch
    {
        // A display sends a top-up to the mirror that the harness keeps of a gas meter.
        EzspFrameId.IncomingMessageHandler when IsOf(parameters, HeardClusterOffset, PublishTopUpLog, [19, 31])
            || IsOf(parameters, HeardClusterOffset, ConsumerTopUp, [19, 31]) => [(HeardHeadOctets, Rest)],
        EzspFrameId.GetKey or EzspFrameId.GetKeyTableEntry or EzspFrameId.ExportKey or EzspFrameId.ExportLinkKeyByEui
            or EzspFrameId.ExportLinkKeyByIndex or EzspFrameId.AesMmoHash => [(0, Rest)],
        _ => [],
    };
}
