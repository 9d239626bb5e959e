namespace DeviceHarness.Codecs.Dlms;

/// <summary>Why a GET or SET did not do what was asked.</summary>
/// <remarks>Spec: IEC 62056-5-3, Data-Access-Result. A device may send other values; they are kept.</remarks>
public enum DataAccessResult : byte
{
    /// <summary>success.</summary>
    Success = 0,

    /// <summary>hardware-fault.</summary>
    HardwareFault = 1,

    /// <summary>temporary-failure.</summary>
    TemporaryFailure = 2,

    /// <summary>read-write-denied.</summary>
    ReadWriteDenied = 3,

    /// <summary>object-undefined.</summary>
    ObjectUndefined = 4,

    /// <summary>object-class-inconsistent.</summary>
    ObjectClassInconsistent = 9,

    /// <summary>object-unavailable.</summary>
    ObjectUnavailable = 11,

    /// <summary>type-unmatched.</summary>
    TypeUnmatched = 12,

    /// <summary>scope-of-access-violated.</summary>
    ScopeOfAccessViolated = 13,

    /// <summary>data-block-unavailable.</summary>
    DataBlockUnavailable = 14,

    /// <summary>long-get-aborted.</summary>
    LongGetAborted = 15,

    /// <summary>no-long-get-in-progress.</summary>
    NoLongGetInProgress = 16,

    /// <summary>long-set-aborted.</summary>
    LongSetAborted = 17,

    /// <summary>no-long-set-in-progress.</summary>
    NoLongSetInProgress = 18,

    /// <summary>data-block-number-invalid.</summary>
    DataBlockNumberInvalid = 19,

    /// <summary>other-reason.</summary>
    OtherReason = 250,
}
