using System.Globalization;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DeviceHarness.Duis.Signatures;

/// <summary>Who signed: the issuer and the serial number of the signer's certificate, as X509IssuerSerial carries them.</summary>
/// <remarks>Spec: XML Signature Syntax and Processing, clause 4.4.4. Issuer names are compared as text, white space around separators
/// aside.</remarks>
public sealed record XmlSigner
{
    /// <summary>Names a signer.</summary>
    /// <param name="issuerName">The issuer's name, most specific part first, such as <c>CN=Z1,OU=07</c>.</param>
    /// <param name="serialNumber">The serial number, not negative.</param>
    /// <exception cref="ArgumentException">The name is empty, or the number is negative.</exception>
    public XmlSigner(string issuerName, BigInteger serialNumber)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(issuerName);
        if (serialNumber.Sign < 0)
        {
            throw new ArgumentException($"serial number {serialNumber}; allowed is 0 and above", nameof(serialNumber));
        }

        IssuerName = Normalised(issuerName);
        SerialNumber = serialNumber;
    }

    /// <summary>The issuer's name without white space around its separators.</summary>
    public string IssuerName { get; }

    /// <summary>The serial number.</summary>
    public BigInteger SerialNumber { get; }

    /// <summary>The signer that a certificate stands for.</summary>
    public static XmlSigner Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new XmlSigner(
            certificate.IssuerName.Name, new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{IssuerName}, serial number {SerialNumber}");

    private static string Normalised(string name)
    {
        StringBuilder text = new(name.Length);
        bool quoted = false;
        foreach (char character in name.Trim())
        {
            quoted ^= character == '"';
            if (!quoted && character is (',' or '='))
            {
                while (text.Length > 0 && text[^1] == ' ')
                {
                    text.Length--;
                }
            }

            bool afterSeparator = !quoted && text.Length > 0 && text[^1] is (',' or '=');
            if (!(afterSeparator && char.IsWhiteSpace(character)))
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }
}
