using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>A device's "no": which kind, and its code.</summary>
/// <param name="Fault">Which kind, one of the codes of <see cref="DlmsFaults"/>.</param>
/// <param name="DeviceCode">The device's code of that kind.</param>
internal readonly record struct SrvRefusal(string Fault, int DeviceCode)
{
    private const int ServiceNotAllowedOperationNotPossible = 0x0101;

    /// <summary>What a device may answer to a read.</summary>
    internal static IReadOnlyDictionary<SrvRefusal, string> OfRead { get; } = new Dictionary<SrvRefusal, string>
    {
        [Of(DataAccessResult.HardwareFault)] = "the device reports a fault of its hardware",
        [Of(DataAccessResult.TemporaryFailure)] = "the device cannot answer just now",
        [Of(DataAccessResult.ReadWriteDenied)] = "this client may not read it",
        [Of(DataAccessResult.ObjectUndefined)] = "the device does not have it",
        [Of(DataAccessResult.ObjectClassInconsistent)] = "the device has it in another class",
        [Of(DataAccessResult.ObjectUnavailable)] = "the device does not give it now",
        [Of(DataAccessResult.ScopeOfAccessViolated)] = "it is outside of what this client may read",
        [Of(DataAccessResult.DataBlockUnavailable)] = "the device has no block of it to give",
        [Of(DataAccessResult.OtherReason)] = "the device gives no reason",
        [new(DlmsFaults.ExceptionResponse, ServiceNotAllowedOperationNotPossible)] = "the device does not allow the service now",
    };

    /// <summary>What a device may answer to a write: as to a read, and that it does not take the value.</summary>
    internal static IReadOnlyDictionary<SrvRefusal, string> OfWrite { get; } = new Dictionary<SrvRefusal, string>(OfRead)
    {
        [Of(DataAccessResult.ReadWriteDenied)] = "this client may not read or write it",
        [Of(DataAccessResult.TypeUnmatched)] = "the device does not take the value",
    };

    /// <summary>What a device may answer to a method.</summary>
    internal static IReadOnlyDictionary<SrvRefusal, string> OfAction { get; } = new Dictionary<SrvRefusal, string>
    {
        [Of(ActionResult.HardwareFault)] = "the device reports a fault of its hardware",
        [Of(ActionResult.TemporaryFailure)] = "the device cannot do it just now",
        [Of(ActionResult.ReadWriteDenied)] = "this client may not do it",
        [Of(ActionResult.ObjectUndefined)] = "the device does not have it",
        [Of(ActionResult.ObjectClassInconsistent)] = "the device has it in another class",
        [Of(ActionResult.ObjectUnavailable)] = "the device does not allow it now",
        [Of(ActionResult.TypeUnmatched)] = "the device does not take the parameter",
        [Of(ActionResult.ScopeOfAccessViolated)] = "it is outside of what this client may do",
        [Of(ActionResult.OtherReason)] = "the device gives no reason",
        [new(DlmsFaults.ExceptionResponse, ServiceNotAllowedOperationNotPossible)] = "the device does not allow the service now",
    };

    /// <summary>What a device may answer in a dialogue that reads, writes and uses methods: a firmware transfer, a tariff.</summary>
    internal static IReadOnlyDictionary<SrvRefusal, string> OfTransfer { get; } = new Dictionary<SrvRefusal, string>(
        OfWrite.Concat(OfAction.Where(pair => !OfWrite.ContainsKey(pair.Key))));

    /// <summary>A data-access-result.</summary>
    internal static SrvRefusal Of(DataAccessResult result) => new(DlmsFaults.DataAccess, (int)result);

    /// <summary>An action-result.</summary>
    internal static SrvRefusal Of(ActionResult result) => new(DlmsFaults.Action, (int)result);
}
