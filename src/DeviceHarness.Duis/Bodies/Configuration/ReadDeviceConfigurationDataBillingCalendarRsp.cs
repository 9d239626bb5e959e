using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The answer of a meter to SRV 6.2.3.</summary>
/// <remarks>Spec: MMC XML schema 5.1, ReadDeviceConfigurationDataBillingCalendarRsp.</remarks>
public sealed record ReadDeviceConfigurationDataBillingCalendarRsp : SrvResponseBody
{
    /// <summary>When billing periods of an electricity meter end; null when absent, or when the device has none.</summary>
    public BillingCalendar? Calendar { get; init; }

    /// <summary>When billing periods of a gas meter begin; null when absent, or when the device has none.</summary>
    public GasBillingCalendar? GasCalendar { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationDataBillingCalendarRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            const string gasPath = "BillingCalendar.GasBillingCalendar";
            BodyValues values = BodyValues.Of(this)
                .Add($"{gasPath}.BillingPeriodStart", GasCalendar?.BillingPeriodStart)
                .Add($"{gasPath}.Periodicity", GasCalendar?.Periodicity.ToString());
            if (Calendar is not { } calendar)
            {
                return values.Entries;
            }

            const string path = "BillingCalendar.ElectricityBillingCalendar";
            string period = $"{path}.{calendar.Periodicity}";
            values.Add($"{path}.BillingTime", DuisText.TimeOfDay(calendar.Time));
            return calendar.StartMonth is null
                ? values.Add(period, calendar.Day is { } day ? day.ToString(CultureInfo.InvariantCulture) : string.Empty).Entries
                : values.Add($"{period}.DayOfMonth", (long?)calendar.Day)
                    .Add($"{period}.BillingPeriodStartMonth", (long?)calendar.StartMonth).Entries;
        }
    }
}
