using System.Text;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Prepayment;

/// <summary>Takes top-up tokens: each once, only the meter's own, and none after too many wrong ones until some time has
/// passed.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 115, as the domain guide gives it; the reasons of refusal are the guide's (GB alert names). Numbers
/// of the last hundred tokens are remembered; one below all of them counts as entered before.</remarks>
internal sealed class TokenGateway(PrepaymentOptions options, string serialNumber, PrepaymentEngine account, IMeterHost host)
{
    /// <summary>How many numbers are remembered.</summary>
    public const int RememberedTokens = 100;

    /// <summary>How many vends are listed.</summary>
    public const int ListedVends = 5;

    /// <summary>A penny in thousandths.</summary>
    public const int MillipencePerPenny = 1000;

    private readonly SortedSet<int> _numbers = [];
    private readonly Queue<string> _vends = new();
    private int _badInARow;

    /// <summary>The digits that were entered last.</summary>
    public string LastToken { get; private set; } = string.Empty;

    /// <summary>When, by the meter's clock; null when nothing was.</summary>
    public DateTimeOffset? LastTime { get; private set; }

    /// <summary>How: 0 remote, 1 local, 2 by hand.</summary>
    public int LastDelivery { get; private set; }

    /// <summary>What became of it.</summary>
    public TokenStatus Status { get; private set; }

    /// <summary>Until when nothing is taken; null when everything is.</summary>
    public DateTimeOffset? LockedUntil { get; private set; }

    /// <summary>The last vends, newest last, as amount in pence and number.</summary>
    public IReadOnlyCollection<string> Vends => _vends;

    /// <summary>Enters a token.</summary>
    /// <param name="digits">What came.</param>
    /// <param name="delivery">How it came: 0 remote, 1 local, 2 by hand.</param>
    /// <returns>0 when its credit is there, 250 when the meter refuses it, 2 while entry is locked.</returns>
    public ActionResult Enter(string digits, int delivery)
    {
        LastToken = digits;
        LastTime = host.Now;
        LastDelivery = delivery;
        if (LockedUntil > host.Now)
        {
            Status = TokenStatus.NotProcessed;
            host.Enter(EventCode.TokenEntryLockedOut);
            return ActionResult.TemporaryFailure;
        }

        LockedUntil = null;
        (Status, EventCode reason) = Judge(digits);
        if (Status == TokenStatus.Executed)
        {
            _badInARow = 0;
            if (delivery != 0)
            {
                host.Enter(EventCode.CreditAddedLocally);
            }

            return ActionResult.Success;
        }

        if (reason != EventCode.None)
        {
            host.Enter(reason);
        }

        CountBad();
        return ActionResult.OtherReason;
    }

    /// <summary>What is kept without power.</summary>
    public TokenRecord Keep() => new(LastToken, LastTime, LastDelivery, Status, LockedUntil, [.. _numbers], [.. _vends], _badInARow);

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(TokenRecord kept)
    {
        (LastToken, LastTime, LastDelivery) = (kept.LastToken, kept.LastTime, kept.LastDelivery);
        (Status, LockedUntil, _badInARow) = (kept.Status, kept.LockedUntil, kept.BadInARow);
        _numbers.UnionWith(kept.Numbers);
        foreach (string vend in kept.Vends)
        {
            _vends.Enqueue(vend);
        }
    }

    /// <summary>The digits of an octet-string; other octets stay what they are and are refused.</summary>
    public static string DigitsOf(ReadOnlySpan<byte> octets) => Encoding.Latin1.GetString(octets);

    private (TokenStatus Status, EventCode Reason) Judge(string digits)
    {
        UtrnVerdict verdict = Utrn.TryRead(digits, serialNumber, options.TestTokenKey, out Utrn? token);
        token ??= Overlooks(verdict) ? Utrn.ReadUnchecked(digits) : null;
        switch (token is null ? verdict : UtrnVerdict.Authentic)
        {
            case UtrnVerdict.Incorrect:
                return (TokenStatus.FormatFailure, EventCode.None);
            case UtrnVerdict.ForAnotherDevice:
                return (TokenStatus.AuthenticationFailure, EventCode.TokenForAnotherDevice);
            case UtrnVerdict.NotAuthentic:
                return (TokenStatus.AuthenticationFailure, EventCode.TokenNotAuthentic);
        }

        bool isKnown = _numbers.Contains(token!.Number) || (_numbers.Count == RememberedTokens && token.Number < _numbers.Min);
        if (isKnown && !host.Has(EsmeDefects.TokenTakenTwice))
        {
            return (TokenStatus.ValidationFailure, EventCode.TokenDuplicate);
        }

        long amount = (long)token.Pence * MillipencePerPenny;
        if (amount > account.MaximumVend && !host.Has(EsmeDefects.TokenLimitIgnored))
        {
            return (TokenStatus.ValidationFailure, EventCode.TokenAboveMaximum);
        }

        // The account says itself that its maximum would be passed.
        if (!host.Has(EsmeDefects.TokenNotCredited) && !account.TryPay(amount))
        {
            return (TokenStatus.ValidationFailure, EventCode.None);
        }

        Remember(token);
        return (TokenStatus.Executed, EventCode.None);
    }

    private bool Overlooks(UtrnVerdict verdict) => verdict switch
    {
        UtrnVerdict.Incorrect => host.Has(EsmeDefects.MisprintTaken),
        UtrnVerdict.ForAnotherDevice => host.Has(EsmeDefects.ForeignTokenTaken),
        UtrnVerdict.NotAuthentic => host.Has(EsmeDefects.ForgedTokenTaken),
        _ => false,
    };

    private void Remember(Utrn token)
    {
        _numbers.Add(token.Number);
        if (_numbers.Count > RememberedTokens)
        {
            _numbers.Remove(_numbers.Min);
        }

        _vends.Enqueue($"{token.Pence} {token.Number}");
        if (_vends.Count > ListedVends)
        {
            _vends.Dequeue();
        }
    }

    private void CountBad()
    {
        _badInARow++;
        if (options.BadTokensToLock > 0 && _badInARow == options.BadTokensToLock)
        {
            _badInARow = 0;
            LockedUntil = host.Now + options.LockTime;
            host.Enter(EventCode.TokenEntrySuspended);
        }
    }
}

/// <summary>A token gateway as it is kept in flash.</summary>
internal sealed record TokenRecord(
    string LastToken, DateTimeOffset? LastTime, int LastDelivery, TokenStatus Status, DateTimeOffset? LockedUntil, int[] Numbers,
    string[] Vends, int BadInARow);
