using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of reads of a device's configuration: 6.2.1, 6.2.2, 6.2.3, 6.2.4, 6.2.5, 6.2.7, 6.2.9.</summary>
internal static class ConfigurationFormats
{
    private const string Calendar = "BillingCalendar";
    private const int MpanCharacters = 13;
    private const int MprnCharacters = 10;

    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.Of<ReadDeviceConfigurationVoltage, ReadDeviceConfigurationVoltageRsp>(
            "6.2.1", _ => new ReadDeviceConfigurationVoltage(), _ => [], ReadVoltage, WriteVoltage),
        BodyFormat.Of<ReadDeviceConfigurationRandomisation, ReadDeviceConfigurationRandomisationRsp>(
            "6.2.2",
            _ => new ReadDeviceConfigurationRandomisation(),
            _ => [],
            element => new ReadDeviceConfigurationRandomisationRsp
            {
                RandomisedOffset = element.OptionalInteger("RandomisedOffset"),
                RandomisedOffsetNumber = element.OptionalInteger("RandomisedOffsetNumber"),
                RandomisedOffsetLimit = element.OptionalInteger("RandomisedOffsetLimit"),
            },
            body => OptionalValues.Present(
                OptionalValues.Number("RandomisedOffset", body.RandomisedOffset),
                OptionalValues.Number("RandomisedOffsetNumber", body.RandomisedOffsetNumber),
                OptionalValues.Number("RandomisedOffsetLimit", body.RandomisedOffsetLimit))),
        BodyFormat.Of<ReadDeviceConfigurationBillingCalendar, ReadDeviceConfigurationDataBillingCalendarRsp>(
            "6.2.3",
            _ => new ReadDeviceConfigurationBillingCalendar(),
            _ => [],
            element => element.OptionalGroup(Calendar, BillingCalendarFormat.ReadAnswer)
                ?? new ReadDeviceConfigurationDataBillingCalendarRsp(),
            body => OptionalValues.Present(OptionalValues.Group(Calendar, BillingCalendarFormat.WriteAnswer(body)))),
        BodyFormat.Of<ReadDeviceConfigurationIdentityExcMPxN, ReadDeviceConfigurationIdentityExcMPxNRsp>(
            "6.2.4", _ => new ReadDeviceConfigurationIdentityExcMPxN(), _ => [], ReadIdentity, WriteIdentity),
        BodyFormat.Of<ReadDeviceConfigurationInstantaneousPowerThresholds, ReadDeviceConfigurationInstantaneousPowerThresholdsRsp>(
            "6.2.5",
            _ => new ReadDeviceConfigurationInstantaneousPowerThresholds(),
            _ => [],
            element => new ReadDeviceConfigurationInstantaneousPowerThresholdsRsp
            {
                LowMediumPowerThreshold = element.OptionalInteger("LowMediumPowerThreshold"),
                MediumHighPowerThreshold = element.OptionalInteger("MediumHighPowerThreshold"),
            },
            body => OptionalValues.Present(
                OptionalValues.Number("LowMediumPowerThreshold", body.LowMediumPowerThreshold),
                OptionalValues.Number("MediumHighPowerThreshold", body.MediumHighPowerThreshold))),
        BodyFormat.Of<ReadDeviceConfigurationMPxN, ReadDeviceConfigurationMPxNRsp>(
            "6.2.7", _ => new ReadDeviceConfigurationMPxN(), _ => [], ReadMpxn, WriteMpxn),
        BodyFormat.Of<ReadDeviceConfigurationPaymentMode, ReadDeviceConfigurationPaymentModeRsp>(
            "6.2.9",
            _ => new ReadDeviceConfigurationPaymentMode(),
            _ => [],
            element => new ReadDeviceConfigurationPaymentModeRsp
            {
                PaymentMode = element.OptionalWord<PaymentMode>("PaymentMode"),
                SuspendDebtEmergency = element.OptionalBoolean("SuspendDebtEmergency"),
                SuspendDebtDisabled = element.OptionalBoolean("SuspendDebtDisabled"),
            },
            body => OptionalValues.Present(
                OptionalValues.Text("PaymentMode", body.PaymentMode?.ToString()),
                OptionalValues.Truth("SuspendDebtEmergency", body.SuspendDebtEmergency),
                OptionalValues.Truth("SuspendDebtDisabled", body.SuspendDebtDisabled))),
    ];

    private static ReadDeviceConfigurationVoltageRsp ReadVoltage(ElementReader element)
    {
        (long? over, long? under) = element.OptionalGroup("SinglePhaseVoltageSettings", settings => (
            settings.OptionalInteger("AverageRMSOverVoltageThreshold", min: 0),
            settings.OptionalInteger("AverageRMSUnderVoltageThreshold", min: 0)));
        ReadDeviceConfigurationVoltageRsp rms = element.OptionalGroup(
            "RMSVoltageSettings", settings => new ReadDeviceConfigurationVoltageRsp
            {
                RmsExtremeOverVoltageMeasurementPeriod = settings.OptionalInteger("RMSExtremeOverVoltageMeasurementPeriod", min: 0),
                RmsExtremeOverVoltageThreshold = settings.OptionalInteger("RMSExtremeOverVoltageThreshold", min: 0),
                RmsExtremeUnderVoltageMeasurementPeriod = settings.OptionalInteger("RMSExtremeUnderVoltageMeasurementPeriod", min: 0),
                RmsExtremeUnderVoltageThreshold = settings.OptionalInteger("RMSExtremeUnderVoltageThreshold", min: 0),
                RmsVoltageSagMeasurementPeriod = settings.OptionalInteger("RMSVoltageSagMeasurementPeriod", min: 0),
                RmsVoltageSagThreshold = settings.OptionalInteger("RMSVoltageSagThreshold", min: 0),
                RmsVoltageSwellMeasurementPeriod = settings.OptionalInteger("RMSVoltageSwellMeasurementPeriod", min: 0),
                RmsVoltageSwellThreshold = settings.OptionalInteger("RMSVoltageSwellThreshold", min: 0),
            }) ?? new ReadDeviceConfigurationVoltageRsp();
        return rms with { AverageRmsOverVoltageThreshold = over, AverageRmsUnderVoltageThreshold = under };
    }

    private static IEnumerable<XElement> WriteVoltage(ReadDeviceConfigurationVoltageRsp body) => OptionalValues.Present(
        OptionalValues.Group(
            "SinglePhaseVoltageSettings",
            OptionalValues.Number("AverageRMSOverVoltageThreshold", body.AverageRmsOverVoltageThreshold),
            OptionalValues.Number("AverageRMSUnderVoltageThreshold", body.AverageRmsUnderVoltageThreshold)),
        OptionalValues.Group(
            "RMSVoltageSettings",
            OptionalValues.Number("RMSExtremeOverVoltageMeasurementPeriod", body.RmsExtremeOverVoltageMeasurementPeriod),
            OptionalValues.Number("RMSExtremeOverVoltageThreshold", body.RmsExtremeOverVoltageThreshold),
            OptionalValues.Number("RMSExtremeUnderVoltageMeasurementPeriod", body.RmsExtremeUnderVoltageMeasurementPeriod),
            OptionalValues.Number("RMSExtremeUnderVoltageThreshold", body.RmsExtremeUnderVoltageThreshold),
            OptionalValues.Number("RMSVoltageSagMeasurementPeriod", body.RmsVoltageSagMeasurementPeriod),
            OptionalValues.Number("RMSVoltageSagThreshold", body.RmsVoltageSagThreshold),
            OptionalValues.Number("RMSVoltageSwellMeasurementPeriod", body.RmsVoltageSwellMeasurementPeriod),
            OptionalValues.Number("RMSVoltageSwellThreshold", body.RmsVoltageSwellThreshold)));

    private static ReadDeviceConfigurationIdentityExcMPxNRsp ReadIdentity(ElementReader element)
    {
        Eui64? identifier = element.TryTake(DuisNames.Ra, "DeviceIdentifier", out ElementReader? found) ? found.Only().Eui() : null;
        string? model = element.OptionalText("ModelType", ReadDeviceConfigurationIdentityExcMPxNRsp.MaxModelCharacters);
        string? maker = element.OptionalText(
            "ManufacturerIdentifier", ReadDeviceConfigurationIdentityExcMPxNRsp.MaxManufacturerCharacters);
        (SupplyTamperState? tamper, string? variant) = element.OptionalGroup("Electricity", meter => (
            meter.OptionalWord<SupplyTamperState>("SupplyTamperState"),
            meter.OptionalText("MeterVariant", ReadDeviceConfigurationIdentityExcMPxNRsp.MaxVariantCharacters)));
        return new ReadDeviceConfigurationIdentityExcMPxNRsp
        {
            DeviceIdentifier = identifier,
            ModelType = model,
            ManufacturerIdentifier = maker,
            SupplyTamperState = tamper,
            MeterVariant = variant,
        };
    }

    private static IEnumerable<XElement> WriteIdentity(ReadDeviceConfigurationIdentityExcMPxNRsp body) => OptionalValues.Present(
        OptionalValues.Text("DeviceIdentifier", body.DeviceIdentifier?.ToString()),
        OptionalValues.Text("ModelType", body.ModelType),
        OptionalValues.Text("ManufacturerIdentifier", body.ManufacturerIdentifier),
        OptionalValues.Group(
            "Electricity",
            OptionalValues.Text("SupplyTamperState", body.SupplyTamperState?.ToString()),
            OptionalValues.Text("MeterVariant", body.MeterVariant)));

    private static ReadDeviceConfigurationMPxNRsp ReadMpxn(ElementReader element)
    {
        (string? import, string? secondary, string? export) = element.OptionalGroup("Electricity", meter => (
            meter.OptionalText("ImportMPAN", MpanCharacters),
            meter.OptionalText("SecondaryImportMPAN", MpanCharacters),
            meter.OptionalText("ExportMPAN", MpanCharacters)));
        return new ReadDeviceConfigurationMPxNRsp
        {
            ImportMpan = import,
            SecondaryImportMpan = secondary,
            ExportMpan = export,
            Mprn = element.OptionalGroup("Gas", meter => meter.OptionalText("MPRN", MprnCharacters)),
        };
    }

    private static IEnumerable<XElement> WriteMpxn(ReadDeviceConfigurationMPxNRsp body) => OptionalValues.Present(
        OptionalValues.Group(
            "Electricity",
            OptionalValues.Text("ImportMPAN", body.ImportMpan),
            OptionalValues.Text("SecondaryImportMPAN", body.SecondaryImportMpan),
            OptionalValues.Text("ExportMPAN", body.ExportMpan)),
        OptionalValues.Group("Gas", OptionalValues.Text("MPRN", body.Mprn)));
}
