/* An operator new that has nothing to give while no_more is true. For one unit
 * of a program. */
#ifndef FAILING_NEW_HPP
#define FAILING_NEW_HPP

#include <cstddef>
#include <cstdlib>
#include <new>

static bool no_more = false;

void *operator new(std::size_t size) {
    void *block = no_more ? nullptr : std::malloc(size);
    if (block == nullptr)
        throw std::bad_alloc();
    return block;
}
void operator delete(void *block) noexcept {
    std::free(block);
}
void operator delete(void *block, std::size_t) noexcept {
    std::free(block);
}

#endif
