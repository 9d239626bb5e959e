namespace DeviceHarness.Virtual.Esme;

/// <summary>A known fault that can be planted in a virtual ESME; each is described by what it does on the wire.</summary>
[Flags]
public enum EsmeDefects : long
{
    /// <summary>A meter as the specification wants it.</summary>
    None = 0,

    /// <summary><c>wrong-scaler</c>: attribute 3 of the four total energy registers says a scaler that is one too high (<c>0F 01</c> for
    /// <c>0F 00</c>),
    /// while attribute 2 keeps its raw value: everything reads ten times too large.</summary>
    WrongScaler = 1,

    /// <summary><c>no-answer</c>: SNRM, RR, DISC and AARQ are answered, a GET, SET or ACTION never is, nor is it carried out. The I frame
    /// that brings
    /// it is accepted: N(R) of the RR that answers a poll has advanced.</summary>
    NoAnswer = 2,

    /// <summary><c>stuck-version</c>: the firmware identity reads as the version before the present one.</summary>
    StuckVersion = 4,

    /// <summary><c>clock-refused</c>: SET of the clock's time answers data-access-result 3 (read-write-denied); the clock keeps its
    /// time.</summary>
    ClockRefused = 8,

    /// <summary><c>switch-lies</c>: scripts and methods that move the supply answer success and move nothing.</summary>
    SwitchLies = 16,

    /// <summary><c>log-shifted</c>: every row of the daily read log carries the stamp of the next day.</summary>
    LogShifted = 32,

    /// <summary><c>empty-range-error</c>: a selection that holds no row answers data-access-result 14 (data-block-unavailable) instead of
    /// an empty array.</summary>
    EmptyRangeError = 64,

    /// <summary><c>event-missing</c>: nothing is entered into the event log any more.</summary>
    EventMissing = 128,

    /// <summary><c>verify-lies</c>: an image is verified successfully whatever it is.</summary>
    VerifyLies = 256,

    /// <summary><c>verify-fails</c>: a sound image fails its verification.</summary>
    VerifyFails = 512,

    /// <summary><c>image-hash-wrong</c>: the signature in attribute 7 of the image transfer has its first octet inverted.</summary>
    ImageHashWrong = 1024,

    /// <summary><c>activation-lies</c>: the activation ends with status 6 after a restart, and the old version still runs.</summary>
    ActivationLies = 2048,

    /// <summary><c>activation-fails</c>: the activation is accepted and ends with status 7 after a restart.</summary>
    ActivationFails = 4096,

    /// <summary><c>block-lost</c>: block 1 (0 where it is the only one) of an image is acknowledged and marked, and its octets are
    /// not stored.</summary>
    BlockLost = 8192,

    /// <summary><c>resume-forgets</c>: a new link or a power cut empties the block map of a transfer that is under way.</summary>
    ResumeForgets = 16_384,

    /// <summary><c>wrong-image-accepted</c>: verification does not look at manufacturer, image type and hardware version.</summary>
    WrongImageAccepted = 32_768,

    /// <summary><c>power-cut</c>, a defect of the bench: the power is off for the model's time once in each image transfer, right
    /// after half of the blocks are stored.</summary>
    PowerCut = 65_536,

    /// <summary><c>alert-lost</c>: alerts are logged and never queued for push.</summary>
    AlertLost = 131_072,

    /// <summary><c>auxiliary-disturbed</c>: the activation of a tariff opens every auxiliary load and disables its calendar.</summary>
    AuxiliaryDisturbed = 262_144,

    /// <summary><c>late-answer</c>: GET, SET and ACTION are carried out at once and answered after the model's late time.</summary>
    LateAnswer = 524_288,

    /// <summary><c>fcs-garbled</c>: the low octet of the FCS of every second I frame that answers a request is inverted; a repetition is
    /// sound.</summary>
    FcsGarbled = 1_048_576,

    /// <summary><c>rlre-wrong-length</c>: the outer length of an RLRE with a reason is one too large (<c>63 04 80 01 00</c>).</summary>
    RlreWrongLength = 2_097_152,

    /// <summary><c>block-number-off</c>: the second and later blocks of a long GET carry a number that is one too high.</summary>
    BlockNumberOff = 4_194_304,

    /// <summary><c>phantom-image</c>: a meter that never held an image says that it holds one, of no octets, and has verified it.</summary>
    PhantomImage = 8_388_608,

    /// <summary><c>invocation-counter-reset</c>: after each loss of power the meter counts from 0 again, both what it sends and what it
    /// takes.</summary>
    InvocationCounterReset = 16_777_216,

    /// <summary><c>wrong-tag</c>: the last octet of the authentication tag of each ciphered GET, SET and ACTION answer is inverted; the
    /// association itself opens as it should.</summary>
    WrongTag = 33_554_432,

    /// <summary><c>hub-power-cut</c>: the activation of an image takes the supply of the comms hub away for the model's time.</summary>
    HubPowerCut = 67_108_864,

    /// <summary><c>unconfirmed-key-rotation</c>: keys that are transferred are taken, and the ACTION is not answered unless another
    /// transfer was taken five minutes or more before (110031).</summary>
    UnconfirmedKeyRotation = 134_217_728,

    /// <summary><c>bricked-by-power-cut</c>: a meter that loses its power while it activates an image never starts again.</summary>
    BrickedByPowerCut = 268_435_456,

    /// <summary><c>token-taken-twice</c>: a token that was taken is taken again, and credited again.</summary>
    TokenTakenTwice = 536_870_912,

    /// <summary><c>token-not-credited</c>: a token is taken with success, its number remembered, and nothing of its amount is
    /// credited.</summary>
    TokenNotCredited = 1_073_741_824,

    /// <summary><c>foreign-token-taken</c>: a token for another meter is taken.</summary>
    ForeignTokenTaken = 2_147_483_648,

    /// <summary><c>misprint-taken</c>: the check digit of a token is not looked at.</summary>
    MisprintTaken = 4_294_967_296,

    /// <summary><c>forged-token-taken</c>: the code of a token is not looked at.</summary>
    ForgedTokenTaken = 8_589_934_592,

    /// <summary><c>token-limit-ignored</c>: a token of any amount is taken.</summary>
    TokenLimitIgnored = 17_179_869_184,

    /// <summary><c>debt-not-recovered</c>: payments pay nothing of the payment debt.</summary>
    DebtNotRecovered = 34_359_738_368,

    /// <summary><c>emergency-credit-refused</c>: emergency credit that may be activated is refused.</summary>
    EmergencyCreditRefused = 68_719_476_736,

    /// <summary><c>supply-on-without-credit</c>: a meter in prepayment mode keeps the supply on without credit.</summary>
    SupplyOnWithoutCredit = 137_438_953_472,

    /// <summary><c>rotation-lies</c>: a transfer of keys is confirmed, and the keys before it hold on.</summary>
    RotationLies = 274_877_906_944,

    /// <summary><c>upgrade-path-ignored</c>: an image is verified whatever version runs.</summary>
    UpgradePathIgnored = 549_755_813_888,

    /// <summary><c>dated-activation-early</c>: an activation that is dated later is carried out as soon as its date is written.</summary>
    DatedActivationEarly = 1_099_511_627_776,

    /// <summary><c>cancel-ignored</c>: an activation that is dated later stays when its date is taken away.</summary>
    CancelIgnored = 2_199_023_255_552,

    /// <summary><c>tamper-lost</c>: a cover that is taken off, or put back, leaves no trace.</summary>
    TamperLost = 4_398_046_511_104,

    /// <summary><c>list-cut-short</c>: the object list says how many objects there are, and ends after half of its octets.</summary>
    ListCutShort = 8_796_093_022_208,

    /// <summary><c>list-without-end</c>: the blocks of the object list begin anew after the last one, and none is said to be the
    /// last.</summary>
    ListWithoutEnd = 17_592_186_044_416,
}
