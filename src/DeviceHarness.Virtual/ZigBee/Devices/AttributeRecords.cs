using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>Reads the attribute records of reports and of answers to reads.</summary>
internal static class AttributeRecords
{
    /// <summary>The attributes of a report.</summary>
    /// <param name="payload">What follows the header.</param>
    public static IReadOnlyDictionary<ushort, ZclData> OfReport(ReadOnlySpan<byte> payload)
    {
        ZclReader reader = new(payload);
        Dictionary<ushort, ZclData> values = [];
        while (reader.TryReadUInt16(out ushort attribute) && reader.TryReadTypedValue(out ZclValue value))
        {
            values[attribute] = value.ToData();
        }

        return values;
    }

    /// <summary>The attributes that an answer to a read holds; those that it refuses are not among them.</summary>
    /// <param name="payload">What follows the header.</param>
    public static IReadOnlyDictionary<ushort, ZclData> OfAnswer(ReadOnlySpan<byte> payload)
    {
        ZclReader reader = new(payload);
        Dictionary<ushort, ZclData> values = [];
        while (reader.TryReadUInt16(out ushort attribute) && reader.TryReadOctet(out byte status))
        {
            if (status == (byte)ZclStatus.Success && reader.TryReadTypedValue(out ZclValue value))
            {
                values[attribute] = value.ToData();
            }
        }

        return values;
    }
}
