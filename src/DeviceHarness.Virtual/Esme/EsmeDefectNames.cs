using System.Collections.Frozen;

namespace DeviceHarness.Virtual.Esme;

/// <summary>The names of the defects, as files and command lines write them.</summary>
public static class EsmeDefectNames
{
    /// <summary>Each defect by its name.</summary>
    public static IReadOnlyDictionary<string, EsmeDefects> All { get; } = new Dictionary<string, EsmeDefects>(StringComparer.Ordinal)
    {
        ["wrong-scaler"] = EsmeDefects.WrongScaler,
        ["no-answer"] = EsmeDefects.NoAnswer,
        ["stuck-version"] = EsmeDefects.StuckVersion,
        ["clock-refused"] = EsmeDefects.ClockRefused,
        ["switch-lies"] = EsmeDefects.SwitchLies,
        ["log-shifted"] = EsmeDefects.LogShifted,
        ["empty-range-error"] = EsmeDefects.EmptyRangeError,
        ["event-missing"] = EsmeDefects.EventMissing,
        ["verify-lies"] = EsmeDefects.VerifyLies,
        ["verify-fails"] = EsmeDefects.VerifyFails,
        ["image-hash-wrong"] = EsmeDefects.ImageHashWrong,
        ["activation-lies"] = EsmeDefects.ActivationLies,
        ["activation-fails"] = EsmeDefects.ActivationFails,
        ["block-lost"] = EsmeDefects.BlockLost,
        ["resume-forgets"] = EsmeDefects.ResumeForgets,
        ["wrong-image-accepted"] = EsmeDefects.WrongImageAccepted,
        ["phantom-image"] = EsmeDefects.PhantomImage,
        ["power-cut"] = EsmeDefects.PowerCut,
        ["alert-lost"] = EsmeDefects.AlertLost,
        ["auxiliary-disturbed"] = EsmeDefects.AuxiliaryDisturbed,
        ["late-answer"] = EsmeDefects.LateAnswer,
        ["fcs-garbled"] = EsmeDefects.FcsGarbled,
        ["rlre-wrong-length"] = EsmeDefects.RlreWrongLength,
        ["block-number-off"] = EsmeDefects.BlockNumberOff,
        ["invocation-counter-reset"] = EsmeDefects.InvocationCounterReset,
        ["wrong-tag"] = EsmeDefects.WrongTag,
        ["hub-power-cut"] = EsmeDefects.HubPowerCut,
        ["bricked-by-power-cut"] = EsmeDefects.BrickedByPowerCut,
        ["unconfirmed-key-rotation"] = EsmeDefects.UnconfirmedKeyRotation,
        ["token-taken-twice"] = EsmeDefects.TokenTakenTwice,
        ["token-not-credited"] = EsmeDefects.TokenNotCredited,
        ["foreign-token-taken"] = EsmeDefects.ForeignTokenTaken,
        ["misprint-taken"] = EsmeDefects.MisprintTaken,
        ["forged-token-taken"] = EsmeDefects.ForgedTokenTaken,
        ["token-limit-ignored"] = EsmeDefects.TokenLimitIgnored,
        ["debt-not-recovered"] = EsmeDefects.DebtNotRecovered,
        ["emergency-credit-refused"] = EsmeDefects.EmergencyCreditRefused,
        ["supply-on-without-credit"] = EsmeDefects.SupplyOnWithoutCredit,
        ["rotation-lies"] = EsmeDefects.RotationLies,
        ["upgrade-path-ignored"] = EsmeDefects.UpgradePathIgnored,
        ["dated-activation-early"] = EsmeDefects.DatedActivationEarly,
        ["cancel-ignored"] = EsmeDefects.CancelIgnored,
        ["tamper-lost"] = EsmeDefects.TamperLost,
        ["list-cut-short"] = EsmeDefects.ListCutShort,
        ["list-without-end"] = EsmeDefects.ListWithoutEnd,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
