using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.8: writes when billing periods end, as execution times of a single action schedule.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 22 attribute 4, as this harness's DLMS guide sums it up: time and date, whose wildcards make it
/// recur.</remarks>
[Srv("6.8")]
internal sealed class UpdateBillingCalendarHandler(WriteObjects objects)
    : ProfiledWriteHandler<UpdateDeviceConfigurationBillingCalendar>(objects)
{
    private const int MonthsOfYear = 12;

    /// <inheritdoc/>
    protected override void Plan(UpdateDeviceConfigurationBillingCalendar request, WritePlan plan) =>
        plan.AtOnce("BillingCalendar", DlmsData.Array([.. DatesOf(request.Calendar).Select(date => DlmsData.Structure(
            TariffValues.TimeOfDay(request.Calendar.Time), TariffValues.Date(date)))]));

    private static IEnumerable<CalendarDate> DatesOf(BillingCalendar calendar) => calendar.Periodicity switch
    {
        BillingPeriodicity.Daily => [new CalendarDate(null, null, null, null)],
        BillingPeriodicity.Weekly => [new CalendarDate(null, null, null, calendar.Day)],
        BillingPeriodicity.Monthly => [new CalendarDate(null, null, calendar.Day, null)],
        BillingPeriodicity.Quarterly => Months(calendar, every: 3),
        BillingPeriodicity.SixMonthly => Months(calendar, every: 6),
        _ => Months(calendar, every: MonthsOfYear),
    };

    private static IEnumerable<CalendarDate> Months(BillingCalendar calendar, int every)
    {
        int first = calendar.StartMonth ?? 1;
        return Enumerable.Range(0, MonthsOfYear / every)
            .Select(period => ((first - 1 + (period * every)) % MonthsOfYear) + 1).Order()
            .Select(month => new CalendarDate(null, month, calendar.Day, null));
    }
}
