using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>The single action schedule by which a device activates an image at a later time.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 22, attribute 4, as this harness's DLMS guide sums it up.</remarks>
/// <param name="client">The association.</param>
/// <param name="name">The object's logical name.</param>
public sealed class ActivationScheduleObject(DlmsClient client, ObisCode name)
{
    /// <summary>The interface class.</summary>
    public const ushort ClassId = 22;

    private const int ExecutionTimes = 4;
    private const byte EveryDayOfWeek = 0xFF;

    private static readonly byte[] NoTime = [(byte)DlmsDataType.Array, 0];

    /// <summary>Says when, in place of what was said before.</summary>
    /// <param name="time">The moment; what is left of a second counts as a whole one.</param>
    /// <param name="cancellationToken">Ends the wait; whether the device took it is open then.</param>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public ValueTask SetAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        long part = time.UtcTicks % TimeSpan.TicksPerSecond;
        DateTimeOffset utc = time.ToUniversalTime().AddTicks(part == 0 ? 0 : TimeSpan.TicksPerSecond - part);
        byte[] times =
        [
            (byte)DlmsDataType.Array, 1,
            (byte)DlmsDataType.Structure, 2,
            (byte)DlmsDataType.OctetString, 4, (byte)utc.Hour, (byte)utc.Minute, (byte)utc.Second, 0,
            (byte)DlmsDataType.OctetString, 5, (byte)(utc.Year >> 8), (byte)utc.Year, (byte)utc.Month, (byte)utc.Day, EveryDayOfWeek,
        ];
        return WriteAsync(times, cancellationToken);
    }

    /// <summary>Withdraws what was said before.</summary>
    /// <param name="cancellationToken">Ends the wait; whether the device took it is open then.</param>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public ValueTask ClearAsync(CancellationToken cancellationToken) => WriteAsync(NoTime, cancellationToken);

    private async ValueTask WriteAsync(byte[] times, CancellationToken cancellationToken) => await client.SetAsync(
        new CosemAttributeDescriptor(ClassId, name, ExecutionTimes), times, cancellationToken).ConfigureAwait(false);
}
