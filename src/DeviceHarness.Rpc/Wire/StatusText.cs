using System.Globalization;
using Grpc.Core;

namespace DeviceHarness.Rpc.Wire;

/// <summary>The <c>grpc-status</c> value.</summary>
internal static class StatusText
{
    /// <summary>The code of a value; what is not a number from 0 to 16 is <see cref="StatusCode.Unknown"/>.</summary>
    public static StatusCode Decode(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange('0', '9')
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code <= (int)StatusCode.Unauthenticated
            ? (StatusCode)code
            : StatusCode.Unknown;

    /// <summary>The value of a code.</summary>
    public static string Encode(StatusCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);
}
