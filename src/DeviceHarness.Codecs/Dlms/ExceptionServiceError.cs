namespace DeviceHarness.Codecs.Dlms;

/// <summary>The second part of an exception response.</summary>
/// <remarks>Spec: IEC 62056-5-3, ExceptionResponse service-error. Other values are kept.</remarks>
public enum ExceptionServiceError : byte
{
    /// <summary>operation-not-possible.</summary>
    OperationNotPossible = 1,

    /// <summary>service-not-supported.</summary>
    ServiceNotSupported = 2,

    /// <summary>other-reason.</summary>
    OtherReason = 3,

    /// <summary>pdu-too-long.</summary>
    PduTooLong = 4,

    /// <summary>deciphering-error.</summary>
    DecipheringError = 5,

    /// <summary>invocation-counter-error.</summary>
    InvocationCounterError = 6,
}
