namespace DeviceHarness.Drivers.Esme;

/// <summary>Days of a month that are counted from its end.</summary>
/// <remarks>Spec: IEC 62056-6-2, date formats, as this harness's DLMS guide sums them up.</remarks>
internal static class CosemCalendarDay
{
    /// <summary>The last day.</summary>
    internal const byte Last = 0xFE;

    /// <summary>The last but one.</summary>
    internal const byte SecondLast = 0xFD;
}
