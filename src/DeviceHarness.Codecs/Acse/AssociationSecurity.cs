using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>How an association is secured; both sides hold the same but for their contexts.</summary>
/// <remarks>Nothing: lowest level. A password: LLS. A mechanism: HLS. The context may cipher with each of them.</remarks>
public sealed record AssociationSecurity
{
    /// <summary>No security at all.</summary>
    public static AssociationSecurity None { get; } = new();

    /// <summary>The password of LLS; null without.</summary>
    public SharedSecret? Password { get; init; }

    /// <summary>The mechanism of HLS; null without.</summary>
    public IHlsMechanism? Hls { get; init; }

    /// <summary>This side's keys, titles and counters; null without ciphering and without GMAC.</summary>
    public SecurityContext? Context { get; init; }

    /// <summary>True for the application context with ciphering: every APDU from the initiate on is protected.</summary>
    public bool IsCiphered { get; init; }

    /// <summary>How many octets this side's challenge has, 8 to 64.</summary>
    public int ChallengeOctets { get; init; } = HlsChallenge.DefaultOctets;

    /// <summary>The mechanism's name.</summary>
    public AuthenticationMechanism Mechanism =>
        Hls?.Mechanism ?? (Password is null ? AuthenticationMechanism.None : AuthenticationMechanism.LowLevel);

    /// <summary>The application context's name.</summary>
    internal ApplicationContext ApplicationContext =>
        IsCiphered ? ApplicationContext.LogicalNameCiphered : ApplicationContext.LogicalName;

    /// <summary>Refuses what cannot be carried out.</summary>
    /// <exception cref="ArgumentException">A password with HLS, ciphering without a context, a challenge of another length.</exception>
    internal void Validate()
    {
        if (Password is not null && Hls is not null)
        {
            throw new ArgumentException("an association has a password or a mechanism of HLS, not both");
        }

        if (Context is null && (IsCiphered || Hls is { Mechanism: AuthenticationMechanism.HighLevelGmac }))
        {
            throw new ArgumentException("ciphering and GMAC need a security context");
        }

        if (ChallengeOctets is < HlsChallenge.MinimumOctets or > HlsChallenge.MaximumOctets)
        {
            throw new ArgumentException($"a challenge has {HlsChallenge.MinimumOctets} to {HlsChallenge.MaximumOctets} octets");
        }
    }

    /// <summary>Opens what came in a user-information field: the clear APDU itself when the context does not cipher.</summary>
    internal bool TryOpen(ReadOnlySpan<byte> information, out byte[] clear, out SecurityFault fault)
    {
        clear = [];
        fault = SecurityFault.None;
        if (!IsCiphered)
        {
            clear = information.ToArray();
            return true;
        }

        SecurityContext context = Context ?? throw new UnreachableException();
        byte[] target = new byte[information.Length];
        bool isOpen = context.Open(information, target, out OpenedApdu opened, out fault) == OperationStatus.Done;
        clear = isOpen ? opened.Apdu.ToArray() : [];
        return isOpen;
    }
}
