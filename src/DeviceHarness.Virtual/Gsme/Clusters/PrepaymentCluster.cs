using System.Text;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Prepayment server of a gas meter; money is in thousandths of a penny.</summary>
/// <remarks>Source: ZigBee Smart Energy, Prepayment cluster, as this harness's ZigBee guide 8.7 sums it up. The payload of a snapshot, the
/// numbers of a debt's amount type and that what is dated later (credit, debt, limits) is refused are assumptions of the harness.</remarks>
internal sealed class PrepaymentCluster(GasMeterState state) : GasCluster(state)
{
    private const int PrepaymentBit = 0x0002;
    private const int TopUpsPerMessage = 2;
    private const int PaymentsPerMessage = 4;
    private const byte AllDebts = 0xFF;
    private const byte PaymentDebt = 2;

    /// <inheritdoc/>
    public override ushort Id => 0x0705;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; } = PrepaymentAttributes.Of(state);

    /// <inheritdoc/>
    public override ZclStatus Write(ushort attribute, ZclData value)
    {
        if (attribute != 0x0032)
        {
            return base.Write(attribute, value);
        }

        return value.Type == ZclDataType.Unsigned32 && value.View.TryGetUInt64(out ulong level) && level <= int.MaxValue
            ? SetWarning((int)level)
            : ZclStatus.InvalidDataType;
    }

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message)
    {
        State.Settle();
        CommandReader reader = new(message.Payload);
        ClusterReply reply = message.Command switch
        {
            0x00 => SelectEmergencyCredit(ref reader),
            0x02 => ChangeDebt(ref reader),
            0x03 => SetUpEmergencyCredit(ref reader),
            0x04 => TopUp(ref reader),
            0x05 => AdjustCredit(ref reader),
            0x06 => ChangeMode(ref reader),
            0x07 => GetSnapshot(ref reader),
            0x08 => GetTopUps(ref reader),
            0x09 => SetWarningLevel(ref reader),
            0x0A => GetDebtPayments(ref reader),
            0x0B => SetLimits(ref reader),
            0x0C => SetDebtCap(ref reader),
            _ => ClusterReply.Unknown,
        };
        State.Save();
        return reader.IsWhole ? reply : ClusterReply.Malformed;
    }

    private ClusterReply SelectEmergencyCredit(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        _ = reader.Octet();
        return ClusterReply.Of(reader.IsWhole && State.Account.TryActivateEmergency());
    }

    private ClusterReply ChangeDebt(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        _ = reader.Text();
        int amount = reader.Signed();
        _ = reader.Octet();
        byte type = reader.Octet();
        uint start = reader.DoubleWord();
        _ = reader.Word();
        byte frequency = reader.Octet();
        int recovery = reader.Signed();
        ushort percentage = reader.Word();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        int debt = type / 2;
        bool isAdded = (type & 1) != 0;
        if (debt > PaymentDebt || frequency > 2 || percentage > PrepaymentEngine.WholeShare || recovery < 0)
        {
            return ClusterReply.Of(ZclStatus.InvalidField);
        }

        PrepaymentEngine account = State.Account;
        long before = debt == PaymentDebt ? account.PaymentDebt : account.TimeDebts[debt].Remaining;
        long remaining = isAdded ? before + amount : amount;
        if (MomentOf(start) > State.Now || remaining is < 0 or > PrepaymentOptions.MaximumMillipence)
        {
            return ClusterReply.Of(ZclStatus.InvalidValue);
        }

        if (debt == PaymentDebt)
        {
            (account.PaymentDebt, account.PaymentShare) = (remaining, percentage);
        }
        else
        {
            TimeSpan period = frequency switch { 0 => TimeSpan.FromHours(1), 1 => TimeSpan.FromDays(1), _ => TimeSpan.FromDays(7) };
            account.TimeDebts[debt] = new TimeDebt(remaining, recovery, period);
        }

        return ClusterReply.Done;
    }

    private ClusterReply SetUpEmergencyCredit(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        uint start = reader.DoubleWord();
        uint limit = reader.DoubleWord();
        uint threshold = reader.DoubleWord();
        if (!reader.IsWhole || MomentOf(start) > State.Now || Math.Max(limit, threshold) > PrepaymentOptions.MaximumMillipence)
        {
            return ClusterReply.Of(ZclStatus.InvalidValue);
        }

        (State.Account.Emergency.Limit, State.Account.Emergency.Threshold) = ((int)limit, (int)threshold);
        return ClusterReply.Done;
    }

    private ClusterReply TopUp(ref CommandReader reader)
    {
        byte source = reader.Octet();
        string code = reader.Text();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        SupplyState before = State.Valve;
        TokenStatus status = State.TopUp(code, source);
        int value = status == TokenStatus.Executed ? State.Settings.TopUps[^1].Millipence : 0;
        byte result = status switch
        {
            TokenStatus.Executed when before == SupplyState.Connected => 0x00,
            TokenStatus.Executed => State.Valve == SupplyState.ReadyForReconnection ? (byte)0x12 : (byte)0x11,
            TokenStatus.NotProcessed => 0x05,
            TokenStatus.ValidationFailure => State.LastCode switch
            {
                EventCode.TokenDuplicate => 0x02,
                EventCode.TokenAboveMaximum => 0x06,
                EventCode.BalanceAboveMaximum => 0x04,
                _ => 0x03,
            },
            _ => 0x01,
        };
        return ClusterReply.With(new ClusterMessage(0x03, new WireOctets()
            .Octet(result).DoubleWord((uint)value).Octet(source).DoubleWord((uint)State.Account.Balance).ToArray()));
    }

    private ClusterReply AdjustCredit(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        uint start = reader.DoubleWord();
        byte type = reader.Octet();
        int value = reader.Signed();
        return !reader.IsWhole || type > 1 ? ClusterReply.Of(ZclStatus.InvalidField)
            : MomentOf(start) > State.Now ? ClusterReply.Of(ZclStatus.InvalidValue)
            : ClusterReply.Of(type == 0 ? State.Account.TryAdjust(value) : State.Account.TrySetBalance(value));
    }

    private ClusterReply ChangeMode(ref CommandReader reader)
    {
        uint provider = reader.DoubleWord();
        _ = reader.DoubleWord();
        uint time = reader.DoubleWord();
        ushort control = reader.Word();
        int cutOff = reader.Signed();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        PrepaymentEngine account = State.Account;
        if (time == ZclTime.Invalid)
        {
            // What was to come is cancelled; what holds stays.
            account.ModeTime = null;
        }
        else
        {
            State.Settings.ProviderId = provider;
            account.PassiveMode = (control & PrepaymentBit) != 0 ? PaymentMode.Prepayment : PaymentMode.Credit;
            account.DisablementThreshold = cutOff;
            account.ModeTime = MomentOf(time) is var moment && moment > State.Now ? moment : null;
            if (account.ModeTime is null)
            {
                account.ActivatePassiveMode();
            }
        }

        return ClusterReply.With(new ClusterMessage(0x02, new WireOctets().Octet(0).DoubleWord(0)
            .DoubleWord((uint)account.Emergency.Limit).DoubleWord((uint)account.Emergency.Threshold).ToArray()));
    }

    private ClusterReply GetSnapshot(ref CommandReader reader)
    {
        if (SnapshotChoice.TryFind(ref reader, State.History.Snapshots) is not { } found)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        return ClusterReply.With(found.OfPrepayment());
    }

    private ClusterReply GetTopUps(ref CommandReader reader)
    {
        uint latest = reader.DoubleWord();
        byte count = reader.Octet();
        IEnumerable<byte[]> entries = State.Settings.TopUps.Where(topUp => IsWithin(topUp.Time, 0, latest)).Reverse()
            .Select(topUp => new WireOctets().Octet((byte)topUp.Code.Length).Run(Encoding.Latin1.GetBytes(topUp.Code))
                .DoubleWord((uint)topUp.Millipence).DoubleWord(ZclTime.FromMoment(topUp.Time)).ToArray());
        return Parts(0x05, Limited(entries, count), TopUpsPerMessage);
    }

    private ClusterReply GetDebtPayments(ref CommandReader reader)
    {
        uint latest = reader.DoubleWord();
        byte count = reader.Octet();
        byte debt = reader.Octet();
        MeterLog log = State.History.DebtPayments;
        IEnumerable<byte[]> entries = Enumerable.Range(0, log.Count).Select(row => log[log.Count - 1 - row])
            .Where(row => IsWithin(row.Stamp, 0, latest) && (debt == AllDebts || row.Values[1] == debt))
            .Select(row => new WireOctets().DoubleWord(TimeOf(row.Stamp, row.IsStampValid)).DoubleWord((uint)row.Values[0])
                .Octet((byte)row.Values[1]).DoubleWord((uint)row.Values[2]).ToArray());
        return Parts(0x06, Limited(entries, count), PaymentsPerMessage);
    }

    private ClusterReply SetWarningLevel(ref CommandReader reader)
    {
        uint level = reader.DoubleWord();
        return reader.IsWhole && level <= PrepaymentOptions.MaximumMillipence
            ? ClusterReply.Of(SetWarning((int)level))
            : ClusterReply.Of(ZclStatus.InvalidValue);
    }

    private ZclStatus SetWarning(int level)
    {
        State.Account.LowCreditThreshold = level;
        State.Save();
        return ZclStatus.Success;
    }

    private ClusterReply SetLimits(ref CommandReader reader)
    {
        State.Settings.ProviderId = reader.DoubleWord();
        _ = reader.DoubleWord();
        uint time = reader.DoubleWord();
        uint balance = reader.DoubleWord();
        uint vend = reader.DoubleWord();
        if (!reader.IsWhole || MomentOf(time) > State.Now || Math.Max(balance, vend) > PrepaymentOptions.MaximumMillipence)
        {
            return ClusterReply.Of(ZclStatus.InvalidValue);
        }

        (State.Account.MaximumBalance, State.Account.MaximumVend) = ((int)balance, (int)vend);
        return ClusterReply.Done;
    }

    private ClusterReply SetDebtCap(ref CommandReader reader)
    {
        State.Settings.ProviderId = reader.DoubleWord();
        _ = reader.DoubleWord();
        uint time = reader.DoubleWord();
        int cap = reader.Signed();
        if (!reader.IsWhole || MomentOf(time) > State.Now)
        {
            return ClusterReply.Of(ZclStatus.InvalidValue);
        }

        State.Settings.DebtCap = cap;
        return ClusterReply.Done;
    }

    // A count of 0 asks for all.
    private static byte[][] Limited(IEnumerable<byte[]> entries, byte count) => [.. count == 0 ? entries : entries.Take(count)];

    private static ClusterReply Parts(byte command, byte[][] entries, int perMessage)
    {
        if (entries.Length == 0)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        byte[][][] parts = [.. entries.Chunk(perMessage)];
        return ClusterReply.With([.. parts.Select((part, index) =>
        {
            WireOctets payload = new WireOctets().Octet((byte)index).Octet((byte)parts.Length);
            foreach (byte[] entry in part)
            {
                payload.Run(entry);
            }

            return new ClusterMessage(command, payload.ToArray());
        })]);
    }
}
