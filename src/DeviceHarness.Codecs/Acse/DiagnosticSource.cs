namespace DeviceHarness.Codecs.Acse;

/// <summary>Who gives the diagnostic.</summary>
/// <remarks>Spec: IEC 62056-5-3, AARE result-source-diagnostic.</remarks>
public enum DiagnosticSource : byte
{
    /// <summary>acse-service-user: <see cref="AssociationDiagnostic"/> holds.</summary>
    ServiceUser = 1,

    /// <summary>acse-service-provider: 0 null, 1 no reason, 2 no common ACSE version.</summary>
    ServiceProvider = 2,
}
