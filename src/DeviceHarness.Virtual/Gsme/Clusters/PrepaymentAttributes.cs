using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.ZigBee.Clusters;
using static DeviceHarness.Virtual.ZigBee.Clusters.AttributeData;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The attributes of the Prepayment server of a gas meter.</summary>
/// <remarks>Source: ZigBee Smart Energy, Prepayment cluster, as this harness's ZigBee guide 8.7 lists ids and types.</remarks>
internal static class PrepaymentAttributes
{
    private const int ListedTopUps = 5;
    private const int TopUpStep = 16;

    /// <summary>The attributes of a meter.</summary>
    public static IReadOnlyDictionary<ushort, Func<ZclData>> Of(GasMeterState state)
    {
        Dictionary<ushort, Func<ZclData>> all = AccountAttributes.Of(state.Account);
        all[0x0006] = () => Signed32(state.Settings.DebtCap);
        all[0x0020] = () => Unsigned48(state.Settings.TopUps.Sum(topUp => (long)topUp.Millipence));
        all[0x0400] = () => Bitmap16(AlarmsOf(state));
        for (int place = 0; place < ListedTopUps; place++)
        {
            AddTopUp(all, (ushort)(0x0100 + (TopUpStep * place)), state, place);
        }

        return all;
    }

    // The newest first; where there is none the values are invalid.
    private static void AddTopUp(Dictionary<ushort, Func<ZclData>> all, ushort first, GasMeterState state, int place)
    {
        all[first] = () => TopUp() is { } topUp ? Time(ZclTime.FromMoment(topUp.Time)) : ZclData.Invalid(ZclDataType.UtcTime);
        all[(ushort)(first + 1)] = () => TopUp() is { } topUp ? Signed32(topUp.Millipence) : ZclData.Invalid(ZclDataType.Signed32);
        all[(ushort)(first + 2)] = () => TopUp() is { } topUp ? Enumeration(topUp.Source) : ZclData.Invalid(ZclDataType.Enum8);
        all[(ushort)(first + 3)] = () => TopUp() is { } topUp ? Octets(topUp.Code) : ZclData.Invalid(ZclDataType.OctetString);

        GasTopUp? TopUp() => place < state.Settings.TopUps.Count ? state.Settings.TopUps[^(place + 1)] : null;
    }

    private static int AlarmsOf(GasMeterState state) =>
        (state.Account.AvailableCredit < state.Account.LowCreditThreshold ? 0x0001 : 0)
        | (state.Tokens.Status == TokenStatus.FormatFailure ? 0x0002 : 0)
        | (state.Tokens.Status == TokenStatus.ValidationFailure ? 0x0004 : 0)
        | (state.Tokens.Status == TokenStatus.AuthenticationFailure ? 0x0008 : 0)
        | (state.Account.Emergency.StatusAt(state.Account.Balance, state.Account.Mode) == CreditStatus.Selectable ? 0x0040 : 0)
        | (state.Valve == SupplyState.Connected ? 0 : state.Supply.Cause switch
        {
            Supply.SupplyCause.Credit => 0x0100,
            Supply.SupplyCause.Tamper => 0x0200,
            Supply.SupplyCause.Command => 0x0400,
            _ => 0,
        });
}
