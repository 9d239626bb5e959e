namespace DeviceHarness.Codecs.Acse;

/// <summary>How far an association came with one message.</summary>
public enum AssociationVerdict
{
    /// <summary>The association is open.</summary>
    Open = 0,

    /// <summary>The association is accepted so far; passes 3 and 4 of HLS follow.</summary>
    ProofNeeded,

    /// <summary>The other side refused.</summary>
    Refused,

    /// <summary>This side refuses: what came is malformed, or fails a check of security.</summary>
    Faulty,
}
