using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.2.3: reads when billing periods end, of the execution times of a single action schedule. A schedule without a time is no
/// calendar, and left out.</summary>
[Srv("6.2.3")]
internal sealed class ReadDeviceConfigurationBillingCalendarHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    private const string Field = "BillingCalendar";

    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        DlmsData? times = await values.DataAsync(Field, cancellationToken).ConfigureAwait(false);
        return new ReadDeviceConfigurationDataBillingCalendarRsp
        {
            MessageSuccess = true,
            Calendar = times is null or { Type: DlmsDataType.Array, Items.Count: 0 }
                ? null
                : CalendarTables.Billing(times) ?? throw values.Unexpected(Field, "execution times that are no billing calendar"),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationDataBillingCalendarRsp { MessageSuccess = false };
}
