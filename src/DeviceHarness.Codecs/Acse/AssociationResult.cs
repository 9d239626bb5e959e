namespace DeviceHarness.Codecs.Acse;

/// <summary>Whether the server accepts the association; the only field that decides it.</summary>
/// <remarks>Spec: IEC 62056-5-3, AARE result.</remarks>
public enum AssociationResult : byte
{
    /// <summary>Accepted; with HLS the association opens after passes 3 and 4.</summary>
    Accepted = 0,

    /// <summary>Rejected; the same request will be rejected again.</summary>
    RejectedPermanent = 1,

    /// <summary>Rejected for now.</summary>
    RejectedTransient = 2,
}
