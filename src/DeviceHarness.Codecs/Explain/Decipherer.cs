using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Tries keys and system titles on ciphered APDUs, in the order in which the octets come.</summary>
internal sealed class Decipherer : IDisposable
{
    private readonly List<CipherKey> _encryption;
    private readonly List<CipherKey> _authentication;
    private readonly List<SystemTitle> _titles;
    private readonly Dictionary<(int Encryption, int Authentication), GcmCipher> _ciphers = [];

    /// <summary>Starts with what is known.</summary>
    public Decipherer(DecipheringKeys keys)
    {
        _encryption = [.. keys.Encryption];
        _authentication = [.. keys.Authentication];
        _titles = [.. keys.Titles];
    }

    /// <summary>Remembers a title that an association named; the newest are tried first.</summary>
    public void LearnTitle(ReadOnlySpan<byte> octets)
    {
        if (SystemTitle.TryCreate(octets, out SystemTitle title) && !_titles.Contains(title))
        {
            _titles.Insert(0, title);
            int surplus = Math.Max(0, _titles.Count - (2 * DecipheringKeys.MaximumCandidates));
            _titles.RemoveRange(_titles.Count - surplus, surplus);
        }
    }

    /// <summary>Remembers a dedicated key that an initiate-request held.</summary>
    public void LearnDedicatedKey(ReadOnlySpan<byte> octets)
    {
        bool isNew = CipherKey.TryCreate(octets, out CipherKey? key) && !_encryption.Contains(key);
        if (isNew && _encryption.Count < 2 * DecipheringKeys.MaximumCandidates)
        {
            _encryption.Add(key!);
        }
    }

    /// <summary>Tries every key and title.</summary>
    /// <param name="apdu">A wrapper with security control and counter.</param>
    /// <param name="deciphered">The APDU in clear.</param>
    /// <param name="how">Which sender it was, and whether the tag was checked.</param>
    public DecipheringOutcome TryOpen(in CipheredApdu apdu, out byte[] deciphered, out string how)
    {
        deciphered = [];
        how = "";
        SystemTitle[] titles = SystemTitle.TryCreate(apdu.SystemTitle, out SystemTitle sent) ? [sent] : [.. _titles];
        if (titles.Length == 0)
        {
            return DecipheringOutcome.NoTitle;
        }

        SecurityControl control = new(apdu.SecurityControl ?? 0);
        byte[] target = new byte[apdu.Content.Length];
        bool isTagChecked = control.IsAuthenticated && _authentication.Count > 0;
        bool isAnyTried = false;
        foreach (SystemTitle title in titles)
        {
            foreach (GcmCipher cipher in Ciphers(control.Suite, isTagChecked))
            {
                isAnyTried = true;
                int octets;
                bool isOpen = isTagChecked
                    ? cipher.Open(apdu.Content, title, target, out octets, out _) == OperationStatus.Done
                    : cipher.TryDecipherUnchecked(apdu.Content, title, target, out octets);
                if (isOpen && octets > 0 && (isTagChecked || LooksRight(apdu.Tag, target[0])))
                {
                    deciphered = target[..octets];
                    how = $"sender {title}, {(isTagChecked ? "tag right" : control.IsAuthenticated ? "tag not checked" : "no tag")}";
                    return DecipheringOutcome.Opened;
                }
            }
        }

        return isAnyTried ? DecipheringOutcome.NoneFits : DecipheringOutcome.NoKey;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GcmCipher cipher in _ciphers.Values)
        {
            cipher.Dispose();
        }
    }

    private static bool LooksRight(ApduTag wrapper, byte innerTag) =>
        CipheredTags.IsInnerTagRight(wrapper, innerTag) && Enum.IsDefined((ApduTag)innerTag);

    private IEnumerable<GcmCipher> Ciphers(SecuritySuite suite, bool isTagChecked)
    {
        if (suite > SecuritySuite.Suite2)
        {
            yield break;
        }

        int octets = suite.KeyOctets();
        for (int encryption = 0; encryption < _encryption.Count; encryption++)
        {
            for (int authentication = 0; authentication < (isTagChecked ? _authentication.Count : 1); authentication++)
            {
                CipherKey authenticationKey = isTagChecked ? _authentication[authentication] : _encryption[encryption];
                if (_encryption[encryption].OctetCount == octets && authenticationKey.OctetCount == octets)
                {
                    yield return CipherOf(suite, encryption, isTagChecked ? authentication : -1, authenticationKey);
                }
            }
        }
    }

    private GcmCipher CipherOf(SecuritySuite suite, int encryption, int authentication, CipherKey authenticationKey)
    {
        if (!_ciphers.TryGetValue((encryption, authentication), out GcmCipher? cipher))
        {
            cipher = new GcmCipher(suite, _encryption[encryption], authenticationKey);
            _ciphers.Add((encryption, authentication), cipher);
        }

        return cipher;
    }
}
