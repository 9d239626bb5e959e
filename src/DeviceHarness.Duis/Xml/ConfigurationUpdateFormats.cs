using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of changes to a device's configuration: 3.1, 3.2, 3.3, 6.4.1, 6.4.2, 6.5, 6.8, 6.27. Requests for three phases are
/// kept as they came.</summary>
internal static class ConfigurationUpdateFormats
{
    private const string SinglePhase = "SinglePhaseVoltageSettings";

    private static readonly string[] Bounds =
    [
        "RMSExtremeOverVoltageMeasurementPeriod", "RMSExtremeOverVoltageThreshold", "RMSExtremeUnderVoltageMeasurementPeriod",
        "RMSExtremeUnderVoltageThreshold", "RMSVoltageSagMeasurementPeriod", "RMSVoltageSagThreshold",
        "RMSVoltageSwellMeasurementPeriod", "RMSVoltageSwellThreshold",
    ];

    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.WithBareResponse<DisplayMessage>(
            "3.1",
            "DisplayMessageRsp",
            element =>
            {
                DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
                return new DisplayMessage(Message(element.Take(DuisNames.Sr, "SupplierMessage").Only()), execution);
            },
            body =>
            [
                .. BodyFormats.ExecutionDateTime(body),
                new XElement(DuisNames.Sr + "SupplierMessage", DuisXmlText.Safe(body.SupplierMessage)),
            ]),
        BodyFormat.WithBareResponse<RestrictAccessForChangeOfTenancy>(
            "3.2",
            "RestrictAccessForChangeOfTenancyRsp",
            element =>
            {
                DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
                return new RestrictAccessForChangeOfTenancy(
                    element.Take(DuisNames.Sr, "RestrictionDateTime").Only().Time(), execution);
            },
            body =>
            [
                .. BodyFormats.ExecutionDateTime(body),
                new XElement(DuisNames.Sr + "RestrictionDateTime", DuisText.Time(body.RestrictionDateTime)),
            ]),
        BodyFormat.WithBareResponse<ClearEventLog>(
            "3.3",
            "ClearEventLogRsp",
            element => new ClearEventLog(element.TryTake(DuisNames.Sr, "ESMEEventLogType", out ElementReader? log)
                ? log.Only().OneOf<ClearedEventLog>(Word)
                : null),
            body => body.Log is { } log ? [new XElement(DuisNames.Sr + "ESMEEventLogType", Word(log))] : []),
        BodyFormat.WithBareResponse<UpdateDeviceConfigurationLoadLimitingGeneralSettings>(
            "6.4.1", "UpdateDeviceConfigurationLoadLimitingGeneralSettingsRsp", ReadLoadLimit, WriteLoadLimit),
        BodyFormat.WithBareResponse<UpdateDeviceConfigurationLoadLimitingCounterReset>(
            "6.4.2",
            "UpdateDeviceConfigurationLoadLimitingCounterResetRsp",
            element => new UpdateDeviceConfigurationLoadLimitingCounterReset(BodyFormats.ExecutionDateTime(element)),
            BodyFormats.ExecutionDateTime),
        BodyFormat.WithBareResponse<UpdateDeviceConfigurationVoltage>(
            "6.5",
            "UpdateDeviceConfigurationVoltageRsp",
            element => element.Has(SinglePhase) ? ReadVoltage(element) : element.AsItCame("6.5"),
            WriteVoltage),
        BodyFormat.WithBareResponse(
            "6.8",
            "UpdateDeviceConfigurationBillingCalendarRsp",
            element => element.Has(BillingCalendarFormat.Gas)
                ? new UpdateDeviceConfigurationGasBillingCalendar(element.Within(
                    DuisNames.Sr, BillingCalendarFormat.Gas, calendar => BillingCalendarFormat.ReadGas(calendar, DuisNames.Sr)))
                : new UpdateDeviceConfigurationBillingCalendar(element.Within(
                    DuisNames.Sr, BillingCalendarFormat.Electricity,
                    calendar => BillingCalendarFormat.Read(calendar, DuisNames.Sr))),
            (UpdateDeviceConfigurationGasBillingCalendar body) => [BillingCalendarFormat.WriteGas(DuisNames.Sr, body.Calendar)],
            (UpdateDeviceConfigurationBillingCalendar body) =>
                [BillingCalendarFormat.Write(DuisNames.Sr, BillingCalendarFormat.Electricity, body.Calendar)]),
        BodyFormat.WithBareResponse<UpdateDeviceConfigurationRMSVoltageCounterReset>(
            "6.27",
            "UpdateDeviceConfigurationRMSVoltageCounterResetRsp",
            element => new UpdateDeviceConfigurationRMSVoltageCounterReset(BodyFormats.ExecutionDateTime(element)),
            BodyFormats.ExecutionDateTime),
    ];

    private static string Message(ElementReader element)
    {
        string text = element.Text();
        bool isMessage = text.Length is > 0 and <= DisplayMessage.MaxCharacters && text.All(character => character is >= ' ' and <= '~');
        return isMessage
            ? text
            : throw element.Fault(
                $"found '{ElementValues.Quoted(text)}'; allowed are 1 to {DisplayMessage.MaxCharacters} characters of ASCII");
    }

    private static string Word(ClearedEventLog log) => log == ClearedEventLog.Esme ? "ESME" : "ALCS";

    private static UpdateDeviceConfigurationLoadLimitingGeneralSettings ReadLoadLimit(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        long period = element.Unsigned("LoadLimitPeriod");
        long threshold = element.Unsigned("LoadLimitPowerThreshold");
        long restoration = element.Unsigned("LoadLimitRestorationPeriod");
        LoadLimitSupplyState state = element.Take(DuisNames.Sr, "LoadLimitSupplyState").Only()
            .OneOf<LoadLimitSupplyState>(value => value.ToString());
        return new UpdateDeviceConfigurationLoadLimitingGeneralSettings(period, threshold, restoration, state, execution);
    }

    private static IEnumerable<XElement> WriteLoadLimit(UpdateDeviceConfigurationLoadLimitingGeneralSettings body) =>
    [
        .. BodyFormats.ExecutionDateTime(body),
        RequestValues.Number("LoadLimitPeriod", body.LoadLimitPeriod),
        RequestValues.Number("LoadLimitPowerThreshold", body.LoadLimitPowerThreshold),
        RequestValues.Number("LoadLimitRestorationPeriod", body.LoadLimitRestorationPeriod),
        new XElement(DuisNames.Sr + "LoadLimitSupplyState", body.LoadLimitSupplyState.ToString()),
    ];

    private static UpdateDeviceConfigurationVoltage ReadVoltage(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        ElementReader bounds = element.Take(DuisNames.Sr, "RMSVoltageSettings").Only();
        long[] values = [.. Bounds.Select(bound => bounds.Unsigned(bound))];
        bounds.End();
        ElementReader average = element.Take(DuisNames.Sr, SinglePhase).Only();
        VoltageSettings settings = new()
        {
            RmsExtremeOverVoltageMeasurementPeriod = values[0],
            RmsExtremeOverVoltageThreshold = values[1],
            RmsExtremeUnderVoltageMeasurementPeriod = values[2],
            RmsExtremeUnderVoltageThreshold = values[3],
            RmsVoltageSagMeasurementPeriod = values[4],
            RmsVoltageSagThreshold = values[5],
            RmsVoltageSwellMeasurementPeriod = values[6],
            RmsVoltageSwellThreshold = values[7],
            AverageRmsOverVoltageThreshold = average.Unsigned("AverageRMSOverVoltageThreshold"),
            AverageRmsUnderVoltageThreshold = average.Unsigned("AverageRMSUnderVoltageThreshold"),
            AverageRmsVoltageMeasurementPeriod = average.Unsigned("AverageRMSVoltageMeasurementPeriod"),
        };
        average.End();
        bool areReset = !element.Flag(DuisNames.Sr, "RMSVoltageCountersNotReset");
        return new UpdateDeviceConfigurationVoltage(settings, areReset, execution);
    }

    private static IEnumerable<XElement> WriteVoltage(UpdateDeviceConfigurationVoltage body)
    {
        VoltageSettings settings = body.Settings;
        return
        [
            .. BodyFormats.ExecutionDateTime(body),
            new XElement(
                DuisNames.Sr + "RMSVoltageSettings",
                RequestValues.Number("RMSExtremeOverVoltageMeasurementPeriod", settings.RmsExtremeOverVoltageMeasurementPeriod),
                RequestValues.Number("RMSExtremeOverVoltageThreshold", settings.RmsExtremeOverVoltageThreshold),
                RequestValues.Number("RMSExtremeUnderVoltageMeasurementPeriod", settings.RmsExtremeUnderVoltageMeasurementPeriod),
                RequestValues.Number("RMSExtremeUnderVoltageThreshold", settings.RmsExtremeUnderVoltageThreshold),
                RequestValues.Number("RMSVoltageSagMeasurementPeriod", settings.RmsVoltageSagMeasurementPeriod),
                RequestValues.Number("RMSVoltageSagThreshold", settings.RmsVoltageSagThreshold),
                RequestValues.Number("RMSVoltageSwellMeasurementPeriod", settings.RmsVoltageSwellMeasurementPeriod),
                RequestValues.Number("RMSVoltageSwellThreshold", settings.RmsVoltageSwellThreshold)),
            new XElement(
                DuisNames.Sr + SinglePhase,
                RequestValues.Number("AverageRMSOverVoltageThreshold", settings.AverageRmsOverVoltageThreshold),
                RequestValues.Number("AverageRMSUnderVoltageThreshold", settings.AverageRmsUnderVoltageThreshold),
                RequestValues.Number("AverageRMSVoltageMeasurementPeriod", settings.AverageRmsVoltageMeasurementPeriod)),
            .. body.AreCountersReset ? (XElement[])[] : [new XElement(DuisNames.Sr + "RMSVoltageCountersNotReset")],
        ];
    }
}
