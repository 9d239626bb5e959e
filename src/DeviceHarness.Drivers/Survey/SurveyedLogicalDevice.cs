namespace DeviceHarness.Drivers.Survey;

/// <summary>A logical device behind an HDLC address, by the SAP assignment.</summary>
/// <param name="Sap">Its service access point, which is the upper part of its HDLC address.</param>
/// <param name="Name">Its logical device name.</param>
/// <remarks>Spec: IEC 62056-6-2, class 17, SAP assignment.</remarks>
public sealed record SurveyedLogicalDevice(int Sap, string Name);
