namespace DeviceHarness.Codecs.Dlms;

/// <summary>The first part of an exception response.</summary>
/// <remarks>Spec: IEC 62056-5-3, ExceptionResponse state-error. Other values are kept.</remarks>
public enum ExceptionStateError : byte
{
    /// <summary>service-not-allowed.</summary>
    ServiceNotAllowed = 1,

    /// <summary>service-unknown.</summary>
    ServiceUnknown = 2,
}
