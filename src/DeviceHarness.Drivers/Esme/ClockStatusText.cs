using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Drivers.Esme;

/// <summary>What a device's clock says of a time that it gives, in words.</summary>
/// <remarks>Spec: IEC 62056-6-2, clock status, as this harness's DLMS guide sums it up. Daylight saving is part of the deviation and no
/// doubt.</remarks>
internal static class ClockStatusText
{
    private static readonly (byte Bit, string Word)[] Doubts =
    [
        (CosemDateTime.InvalidValueStatus, "invalid"),
        (CosemDateTime.DoubtfulValueStatus, "doubtful"),
        (CosemDateTime.DifferentClockBaseStatus, "other clock base"),
        (CosemDateTime.InvalidClockStatus, "invalid clock status"),
    ];

    /// <summary>The doubts, with commas between; empty when there is none, or the device gives no status.</summary>
    internal static string Of(CosemDateTime moment) => moment.ClockStatus == CosemDateTime.Unspecified
        ? string.Empty
        : string.Join(", ", Doubts.Where(doubt => (moment.ClockStatus & doubt.Bit) != 0).Select(doubt => doubt.Word));
}
