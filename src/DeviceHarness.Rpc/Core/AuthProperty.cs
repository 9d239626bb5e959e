using System.Text;

namespace Grpc.Core;

/// <summary>One proven fact about a peer.</summary>
public sealed class AuthProperty
{
    private readonly byte[] _value;

    private AuthProperty(string name, byte[] value)
    {
        Name = name;
        _value = value;
    }

    /// <summary>The fact's name, as in <c>x509_common_name</c>.</summary>
    public string Name { get; }

    /// <summary>The fact as text.</summary>
    public string Value => Encoding.UTF8.GetString(_value);

    /// <summary>The fact as octets; a copy.</summary>
    public byte[] ValueBytes => [.. _value];

    /// <summary>Creates a property.</summary>
    /// <param name="name">The fact's name.</param>
    /// <param name="valueBytes">The fact as octets; copied.</param>
    public static AuthProperty Create(string name, byte[] valueBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueBytes);
        return new AuthProperty(name, [.. valueBytes]);
    }
}
