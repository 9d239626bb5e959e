using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>The registers of what was delivered, as they stand in a snapshot of a Metering server.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy profile, PublishSnapshot, payload types 0, 2, 4 and 6, as public decoders of GB meter messages have them; the
/// lengths were held against the DCC's public test messages of SRV 4.6.1 (type 6 with four rates and four blocks: 56 octets).
/// <code>
/// type  0: summation 6 | bill 4, time 4, projected bill 4, time 4, digit 1 | rates 1 | of each rate 6
/// type  4: summation 6 | rates 1 | of each rate 6
/// types 2 and 6: as 0 and 4, then rates and thresholds 1 | of each block 6
/// </code>
/// </remarks>
/// <param name="Summation">The register, to be scaled by <see cref="MeterScale"/>; null when the meter has no value.</param>
/// <param name="Rates">The register of each rate, rate 1 first; null where it has no value.</param>
/// <param name="Blocks">The register of each block, block 1 first; null where it has no value. None in types 0 and 4.</param>
public sealed record MeterSnapshot(long? Summation, IReadOnlyList<long?> Rates, IReadOnlyList<long?> Blocks)
{
    /// <summary>The payload type of a snapshot that the meter does not have any more.</summary>
    public const byte Unavailable = 0x80;

    private const int BillOctets = 17;
    private const int RegisterOctets = 6;
    private const long NoValue = 0xFFFF_FFFF_FFFF;

    /// <summary>Reads the payload of a snapshot.</summary>
    /// <param name="payloadType">Its type.</param>
    /// <param name="payload">The octets behind the type, those of all parts of the snapshot.</param>
    /// <param name="snapshot">The registers, when true.</param>
    /// <returns>False for another type, and for octets that are too few or too many.</returns>
    public static bool TryRead(byte payloadType, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out MeterSnapshot? snapshot)
    {
        snapshot = null;
        ZclReader reader = new(payload);
        bool hasBill = payloadType is 0 or 2;
        bool hasBlocks = payloadType is 2 or 6;
        if (payloadType is not (0 or 2 or 4 or 6) || !TryReadRegister(ref reader, out long? summation)
            || (hasBill && !reader.TryReadOctets(BillOctets, out _)) || !reader.TryReadOctet(out byte rates))
        {
            return false;
        }

        if (!TryReadRegisters(ref reader, rates, out long?[] ofRates) || (hasBlocks && !reader.TryReadOctet(out _)))
        {
            return false;
        }

        int blocks = reader.RemainingOctets / RegisterOctets;
        if ((!hasBlocks && blocks > 0) || reader.RemainingOctets % RegisterOctets != 0
            || !TryReadRegisters(ref reader, blocks, out long?[] ofBlocks))
        {
            return false;
        }

        snapshot = new MeterSnapshot(summation, ofRates, ofBlocks);
        return true;
    }

    private static bool TryReadRegisters(ref ZclReader reader, int count, out long?[] values)
    {
        values = new long?[Math.Min(count, reader.RemainingOctets / RegisterOctets)];
        for (int index = 0; index < values.Length; index++)
        {
            _ = TryReadRegister(ref reader, out values[index]);
        }

        return values.Length == count;
    }

    private static bool TryReadRegister(ref ZclReader reader, out long? value)
    {
        value = null;
        if (!reader.TryReadOctets(RegisterOctets, out ReadOnlySpan<byte> octets))
        {
            return false;
        }

        long number = 0;
        for (int index = RegisterOctets - 1; index >= 0; index--)
        {
            number = (number << 8) | octets[index];
        }

        value = number == NoValue ? null : number;
        return true;
    }
}
