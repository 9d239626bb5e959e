using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Alerts;

namespace DeviceHarness.Duis.Xml;

/// <summary>The alerts that follow an 11.1 or an 11.4, as the elements that envelopes carry.</summary>
internal static class AlertFormat
{
    /// <summary>A device alert inside a SMETS1 envelope: <c>DeviceAlertMessage</c>.</summary>
    public static string Write(FirmwareVerificationAlert alert) => WriteDeviceAlert(
        alert.GbcsHexAlertCode, alert.AlertDescription, alert.Timestamp,
        new XElement(
            DuisNames.Ra + "Payload",
            new XElement(
                DuisNames.Ra + "FirmwareVerificationDeviceAlert",
                new XElement(DuisNames.Ra + "ManufacturerImageHash", alert.ManufacturerImageHash))));

    /// <summary>A device alert without a payload.</summary>
    public static string Write(DeviceAlert alert) =>
        WriteDeviceAlert(alert.GbcsHexAlertCode, alert.AlertDescription, alert.Timestamp, payload: null);

    /// <summary>A DCC alert: <c>DCCAlertMessage</c>.</summary>
    public static string Write(FirmwareDistributionFailure alert, string alertCode) => WriteDccAlert(alertCode, new XElement(
        DuisNames.Sr + "FirmwareDistributionFailure",
        new XElement(DuisNames.Sr + "UpdateFirmwareRequestID", alert.RequestId.ToString()),
        new XElement(DuisNames.Sr + "MeterIDs", string.Join(',', alert.Meters))));

    /// <summary>A DCC alert: <c>DCCAlertMessage</c>.</summary>
    public static string Write(QuarantinedRequest alert, string alertCode) => WriteDccAlert(alertCode, new XElement(
        DuisNames.Sr + alert.ElementName,
        new XElement(
            DuisNames.Sr + QuarantinedRequest.Breach,
            new XElement(DuisNames.Sr + "RequestID", alert.RequestId.ToString()),
            new XElement(DuisNames.Sr + "QuarantineEventRef", alert.EventRef))));

    /// <summary>A DCC alert: <c>DCCAlertMessage</c>.</summary>
    public static string Write(UpdateHANDeviceLogResult alert, string alertCode) => WriteDccAlert(alertCode, new XElement(
        DuisNames.Sr + alert.ElementName,
        new XElement(DuisNames.Sr + "UpdateHANDeviceLogServiceRequestID", alert.RequestId.ToString())));

    /// <summary>A DCC alert: <c>DCCAlertMessage</c>.</summary>
    public static string Write(PpmidAlert alert, string alertCode) => WriteDccAlert(alertCode, new XElement(
        DuisNames.Sr + alert.ElementName,
        new XElement(DuisNames.Sr + "DeviceID", alert.DeviceId.ToString()),
        new XElement(DuisNames.Sr + "DeviceAlertCode", alert.DeviceAlertCode),
        new XElement(DuisNames.Sr + "Timestamp", DuisText.Time(alert.Timestamp)),
        alert.FirmwareVersion is not { } version ? null : new XElement(
            DuisNames.Sr + "PPMIDFirmwareUpgradeAlert",
            new XElement(DuisNames.Sr + "FirmwareVersion", DuisXmlText.Safe(version)),
            new XElement(DuisNames.Sr + "ActivateImageResultCode", alert.ActivateImageResultCode))));

    private static string WriteDccAlert(string code, XElement body) => DuisXmlText.Fragment(new XElement(
        DuisNames.Sr + "DCCAlertMessage",
        new XElement(DuisNames.Sr + "DCCAlertCode", code),
        new XElement(DuisNames.Sr + "DCCAlert", body)));

    private static string WriteDeviceAlert(string code, string description, DateTimeOffset time, XElement? payload) =>
        DuisXmlText.Fragment(new XElement(
            DuisNames.Sr + "DeviceAlertMessage",
            new XElement(
                DuisNames.Ra + "DeviceAlertContent",
                new XElement(DuisNames.Ra + "GBCSHexAlertCode", code),
                new XElement(
                    DuisNames.Ra + "AlertDescription",
                    DuisXmlText.Shortened(description, FirmwareVerificationAlert.MaxDescriptionCharacters)),
                new XElement(DuisNames.Ra + "Timestamp", DuisText.Time(time)),
                payload)));
}
