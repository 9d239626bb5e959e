namespace Grpc.Core;

/// <summary>Takes the methods of a service, one after the other, from its generated <c>BindService</c>.</summary>
public class ServiceBinderBase
{
    /// <summary>Takes a unary method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it; null when the service is made for each call.</param>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    /// <summary>Takes a client streaming method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it; null when the service is made for each call.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    /// <summary>Takes a server streaming method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it; null when the service is made for each call.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    /// <summary>Takes a duplex method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it; null when the service is made for each call.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    private NotSupportedException NotTaken(IMethod method) => new($"{GetType()} does not take {method.Type} methods ({method.FullName})");
}
