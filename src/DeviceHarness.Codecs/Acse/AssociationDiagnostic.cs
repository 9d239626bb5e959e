namespace DeviceHarness.Codecs.Acse;

/// <summary>Why an association was accepted or rejected, as the acse-service-user says it.</summary>
/// <remarks>Spec: IEC 62056-5-3, AARE result-source-diagnostic. Other values are kept. A real meter accepts with diagnostic 1.</remarks>
public enum AssociationDiagnostic : byte
{
    /// <summary>null.</summary>
    Null = 0,

    /// <summary>no-reason-given.</summary>
    NoReasonGiven = 1,

    /// <summary>application-context-name-not-supported.</summary>
    ApplicationContextNameNotSupported = 2,

    /// <summary>calling-AP-title-not-recognized.</summary>
    CallingApTitleNotRecognized = 3,

    /// <summary>authentication-mechanism-name-not-recognised.</summary>
    AuthenticationMechanismNameNotRecognised = 11,

    /// <summary>authentication-mechanism-name-required.</summary>
    AuthenticationMechanismNameRequired = 12,

    /// <summary>authentication-failure.</summary>
    AuthenticationFailure = 13,

    /// <summary>authentication-required: HLS pass 3 must follow.</summary>
    AuthenticationRequired = 14,
}
